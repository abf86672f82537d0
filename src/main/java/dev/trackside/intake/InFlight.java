package dev.trackside.intake;

import dev.trackside.track.Runner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Positions being stored, by runner. Safe for use by many threads. */
final class InFlight {
  private final Map<Runner, Integer> counts = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition fewer = lock.newCondition();

  void begin(Runner runner) {
    lock.lock();
    try {
      counts.merge(runner, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  void end(Runner runner) {
    lock.lock();
    try {
      Integer left = counts.computeIfPresent(runner, (_, count) -> count > 1 ? count - 1 : null);
      if (left == null) {
        fewer.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until everything in flight of a runner has ended; nothing more may begin.
   *
   * @return whether it has, within some time
   */
  boolean awaitNone(Runner runner, Duration within) {
    long left = within.toNanos();
    lock.lock();
    try {
      while (counts.containsKey(runner) && left > 0) {
        left = fewer.awaitNanos(left);
      }
      return !counts.containsKey(runner);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException("The server is being closed.", new IOException(e));
    } finally {
      lock.unlock();
    }
  }
}
