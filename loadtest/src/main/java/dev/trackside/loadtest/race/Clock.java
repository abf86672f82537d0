package dev.trackside.loadtest.race;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;

/** Epoch µs that only go forward: the machine's time at the start, and what has passed since. */
final class Clock {
  private static final Clock CLOCK = new Clock();

  private final long epochMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  private final long nanos = System.nanoTime();

  private Clock() {}

  static long micros() {
    return CLOCK.epochMicros + (System.nanoTime() - CLOCK.nanos) / 1000;
  }

  /** Returns at once when the moment has passed. */
  static void awaitMicros(long moment) throws InterruptedException {
    for (long left = moment - micros(); left > 0; left = moment - micros()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(left * 1000);
    }
  }
}
