package dev.trackside.loadtest.race;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;

/** Epoch µs that only go forward: the time at the start and the time elapsed since. */
final class Clock {
  private static final Clock CLOCK = new Clock();

  private final long epochMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  private final long nanos = System.nanoTime();

  private Clock() {}

  static long micros() {
    return CLOCK.epochMicros + (System.nanoTime() - CLOCK.nanos) / 1000;
  }

  /** Waits until a time; returns at once when it has passed. */
  static void awaitMicros(long moment) throws InterruptedException {
    for (long left = moment - micros(); left > 0; left = moment - micros()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(left * 1000);
    }
  }
}
