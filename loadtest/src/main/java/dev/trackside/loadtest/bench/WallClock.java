package dev.trackside.loadtest.bench;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The time in microseconds since 1970. */
final class WallClock {
  private WallClock() {}

  static long micros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }

  static void sleep(long ms) {
    sleepUntil(micros() + 1_000 * ms);
  }

  static void sleepUntil(long micros) {
    for (long left = micros - micros(); left > 0; left = micros - micros()) {
      LockSupport.parkNanos(left * 1_000);
    }
  }
}
