package dev.trackside.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.connection.Sink;
import dev.trackside.track.Capacity;
import dev.trackside.websocket.Socket;
import org.junit.jupiter.api.Test;

class BackpressureTest {
  private static final Capacity NEVER_FULL =
      new Capacity() {
        @Override
        public boolean isFull() {
          return false;
        }

        @Override
        public void whenRoom(Runnable action) {
          action.run();
        }
      };

  /** A client whose debt is paid just as reading is about to stop. */
  private static final class PaidJustThen implements Socket {
    Runnable payment = () -> {};
    boolean reads = true;

    @Override
    public Sink sink() {
      return _ -> true;
    }

    @Override
    public boolean inflates() {
      return false;
    }

    @Override
    public void close(int code, String reason) {}

    @Override
    public void cut(int code, String reason) {}

    @Override
    public void suspendReading() {
      payment.run();
      reads = false;
    }

    @Override
    public void resumeReading() {
      reads = true;
    }
  }

  @Test
  void whatIsPaidWhileReadingIsAboutToStopLetsItGoOn() {
    var socket = new PaidJustThen();
    var owed = new Backpressure(NEVER_FULL, socket);
    owed.owes(100_000);
    socket.payment = () -> owed.paid(100_000);
    owed.check();
    assertThat(socket.reads).isTrue();
  }

  @Test
  void whoFollowsFasterThanTheLogIsReadIsNotReadUntilItWas() {
    var socket = new PaidJustThen();
    var owed = new Backpressure(NEVER_FULL, socket);
    for (int i = 0; i < 17; i++) {
      owed.follows();
    }
    owed.check();
    assertThat(socket.reads).isFalse();
    owed.begun();
    assertThat(socket.reads).isTrue();
  }
}
