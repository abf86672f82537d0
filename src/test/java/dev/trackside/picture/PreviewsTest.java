package dev.trackside.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.log.MemoryTrackLog;
import dev.trackside.run.HeavyWork;
import dev.trackside.run.Trail;
import dev.trackside.run.Trails;
import dev.trackside.support.Fixes;
import dev.trackside.track.Runner;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PreviewsTest {
  private static final Runner ANNA = new Runner("anna");

  private final Previews previews = new Previews(3);

  private static Trail trail() {
    var log =
        new MemoryTrackLog(
            InstantSource.system(), new AtomicLong(1)::getAndIncrement, MemoryTrackLog.USUAL);
    log.append(ANNA, List.of(Fixes.at(52, 13), Fixes.at(52.01, 13.01)));
    var heavy = new HeavyWork(InstantSource.system());
    return new Trails(InstantSource.system(), heavy).of(ANNA, log, () -> "");
  }

  private byte[] drawn(Runner runner, Trail trail, String tag) {
    return previews
        .of(runner, "all")
        .filter(one -> one.tag().equals(tag))
        .orElseGet(() -> previews.draw(runner, trail, "all", tag))
        .png();
  }

  @Test
  void pictureIsKeptAsLongAsItsTrailIsTheSame() {
    Trail trail = trail();
    byte[] first = drawn(ANNA, trail, "1");
    assertThat(drawn(ANNA, trail, "1")).isSameAs(first);
    assertThat(drawn(ANNA, trail, "2")).isNotSameAs(first);
    byte[] second = drawn(ANNA, trail, "2");
    previews.forget(ANNA);
    assertThat(drawn(ANNA, trail, "2")).isNotSameAs(second);
  }

  @Test
  void ofManyRunnersTheLastAreKept() {
    Trail trail = trail();
    byte[] first = drawn(ANNA, trail, "1");
    for (int i = 0; i < 2; i++) {
      drawn(new Runner("r" + i), trail, "1");
    }
    assertThat(drawn(ANNA, trail, "1")).isSameAs(first);
    for (int i = 0; i < 3; i++) {
      drawn(new Runner("s" + i), trail, "1");
    }
    assertThat(drawn(ANNA, trail, "1")).isNotSameAs(first);
  }
}
