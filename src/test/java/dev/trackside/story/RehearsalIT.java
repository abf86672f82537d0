package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.demo.Course;
import dev.trackside.demo.Rehearsal;
import dev.trackside.support.Cable;
import dev.trackside.support.Phone;
import dev.trackside.support.Running;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class RehearsalIT {
  private static Rehearsal through(int port) throws IOException {
    return new Rehearsal(
        () -> URI.create("ws://127.0.0.1:" + port + "/ws"),
        Course.BEDFORD,
        InstantSource.system(),
        "");
  }

  @Test
  void rehearsalGoesOnAfterItsConnectionWasCut() throws Exception {
    try (var server = Running.with();
        var cable = new Cable(server.port());
        var rehearsal = through(cable.port())) {
      var follower = new Phone(server.webSocket(), "{\"id\":\"rehearsal/anna\"}");
      rehearsal.start();
      await().until(() -> !follower.heard().isEmpty());
      cable.cut();
      int before = follower.heard().size();
      cable.mend();
      await().until(() -> follower.heard().size() > before + 1);
      follower.closeBlocking();
    }
  }

  @Test
  void rehearsalThatNobodyAnswersCanBeClosed() throws Exception {
    int nobody;
    try (var cable = new Cable(1)) {
      nobody = cable.port();
    }
    var rehearsal = through(nobody);
    rehearsal.start();
    rehearsal.close();
    assertThat(rehearsal.isRunning()).isFalse();
  }
}
