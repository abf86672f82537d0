package dev.trackside.live;

import java.time.Duration;

/** Counts the faults of a client. One thread at a time. */
final class Faults {
  static final int MOST = 20;
  static final Duration WITHIN = Duration.ofSeconds(10);

  private final long[] timesNanos = new long[MOST];
  private int count;

  /** Takes note of one more; returns whether these are too many in too short a time. */
  boolean oneMore(long nowNanos) {
    timesNanos[count % MOST] = nowNanos;
    count++;
    long oldestNanos = timesNanos[count % MOST];
    return count >= MOST && nowNanos - oldestNanos <= WITHIN.toNanos();
  }
}
