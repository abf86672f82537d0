package dev.trackside.run;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.track.Runner;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ChoresTest {
  private final Runner anna = new Runner("anna");

  @Test
  void eachKindIsDoneThoughAnotherWaits() throws Exception {
    var done = new CountDownLatch(Chores.Kind.values().length);
    try (var chores = new Chores(Duration.ofMillis(20))) {
      for (Chores.Kind kind : Chores.Kind.values()) {
        chores.startLater(anna, kind, done::countDown);
      }
      assertThat(done.await(10, SECONDS)).isTrue();
    }
  }
}
