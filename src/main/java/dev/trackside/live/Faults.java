package dev.trackside.live;

import java.time.Duration;

/** Counts the errors of one client. Safe for use by many threads. */
final class Faults {
  static final int MOST = 20;
  static final Duration WITHIN = Duration.ofSeconds(10);

  private long[] timesNanos = {};
  private int count;

  /** Counts one more; returns whether that is too many in too short a time. */
  synchronized boolean oneMore(long nowNanos) {
    if (count == 0) {
      timesNanos = new long[MOST]; // most clients make none
    }
    timesNanos[count % MOST] = nowNanos;
    count++;
    long oldestNanos = timesNanos[count % MOST];
    return count >= MOST && nowNanos - oldestNanos <= WITHIN.toNanos();
  }
}
