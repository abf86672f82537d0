package dev.trackside.loadtest.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;

/** The time, in microseconds since 1970 and never going back. */
final class Clock {
  private static final long BASE_MICROS =
      ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - System.nanoTime() / 1_000;

  private Clock() {}

  static long micros() {
    return BASE_MICROS + System.nanoTime() / 1_000;
  }

  static void rest(long ms) {
    until(micros() + 1_000 * ms);
  }

  static void until(long micros) {
    for (long left = micros - micros(); left > 0; left = micros - micros()) {
      LockSupport.parkNanos(left * 1_000);
    }
  }
}
