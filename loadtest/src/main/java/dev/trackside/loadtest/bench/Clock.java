package dev.trackside.loadtest.bench;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The time, in microseconds since 1970. */
final class Clock {
  private Clock() {}

  static long micros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
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
