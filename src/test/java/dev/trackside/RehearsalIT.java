package dev.trackside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RehearsalIT {
  @Test
  void rehearsalGoesOnAfterItsConnectionWasCut(@TempDir Path data) throws Exception {
    var server = new Server(new Settings(0, "127.0.0.1", data));
    try (var cable = new Cable(server.port());
        var rehearsal = TestServer.rehearsalThrough(cable.port())) {
      var follower = new Phone(TestServer.door(server.port()), "{\"id\":\"rehearsal/anna\"}");
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
    var rehearsal = TestServer.rehearsalThrough(nobody);
    rehearsal.start();
    rehearsal.close();
    assertThat(rehearsal.isRunning()).isFalse();
  }
}
