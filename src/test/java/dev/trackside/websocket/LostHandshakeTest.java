package dev.trackside.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection whose client leaves while it is being made leaves nothing behind. */
class LostHandshakeTest {
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final List<String> told = new ArrayList<>();
  private final ByteArrayEndPoint endPoint = new ByteArrayEndPoint();
  private final Connection connection =
      new Connection(
          endPoint,
          Runnable::run,
          ConnectionLimits.USUAL,
          false,
          timer,
          new Admission.Welcome(this::receive, () -> told.add("gone")));

  private Receiver receive(Socket socket) {
    told.add("opened");
    return new Receiver() {
      @Override
      public void text(byte[] bytes, int length) {}

      @Override
      public void endOfRead() {}

      @Override
      public void written() {}

      @Override
      public void closed() {
        told.add("closed");
      }
    };
  }

  @AfterEach
  void nothingIsDue() {
    timer.setRemoveOnCancelPolicy(true);
    assertThat(timer.getQueue()).allMatch(task -> ((java.util.concurrent.Future<?>) task).isDone());
    timer.shutdownNow();
  }

  @Test
  void clientThatLeavesBeforeTheOpeningIsGone() {
    connection.requestHandled();
    connection.onClose(null);
    assertThat(told).containsExactly("gone");
    assertThat(endPoint.isOpen()).isFalse();
  }

  @Test
  void clientThatLeavesJustBeforeTheOpeningIsGone() {
    connection.onClose(null);
    connection.onOpen();
    connection.requestHandled();
    assertThat(told).containsExactly("gone");
  }

  @Test
  void closedEndPointIsNoticedAtTheOpening() {
    endPoint.close();
    connection.onOpen();
    connection.requestHandled();
    assertThat(told).containsExactly("opened", "closed", "gone");
    connection.onClose(null);
    assertThat(told).containsExactly("opened", "closed", "gone");
  }

  @Test
  void openConnectionIsLeftAlone() {
    connection.onOpen();
    connection.requestHandled();
    assertThat(told).containsExactly("opened");
    connection.onClose(null);
    assertThat(told).containsExactly("opened", "closed", "gone");
  }
}
