package dev.trackside.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.hub.Hub;
import dev.trackside.track.Condition;
import dev.trackside.track.MemoryTrackLog;
import dev.trackside.websocket.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DebtsTest {
  /** A client whose debt is paid in the moment in which reading is to stop. */
  private static final class PaidJustThen implements Socket {
    Runnable payment = () -> {};
    boolean reads = true;

    @Override
    public Predicate<ByteBuffer> way() {
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
    var log =
        new MemoryTrackLog(
            InstantSource.system(), new AtomicLong()::incrementAndGet, MemoryTrackLog.USUAL);
    try (var timer = new ScheduledThreadPoolExecutor(1);
        var hub =
            new Hub(1, timer, InstantSource.system(), Duration.ofMinutes(1), Condition.UNKNOWN)) {
      var socket = new PaidJustThen();
      var debts = new Debts(hub, log, socket);
      debts.owes(100_000);
      socket.payment = () -> debts.paid(100_000);
      debts.check();
      assertThat(socket.reads).isTrue();
    }
  }
}
