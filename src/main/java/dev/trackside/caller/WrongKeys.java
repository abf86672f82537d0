package dev.trackside.caller;

import java.time.Duration;

/** The wrong keys that one address has shown lately. One thread at a time. */
final class WrongKeys {
  private static final Duration WITHIN = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;
  private static final long LONGEST_SECONDS = 60;

  private final long[] timesNanos;
  private long count;
  private int doublings;

  /**
   * @param most from which one on within a minute they are too many
   */
  WrongKeys(int most) {
    timesNanos = new long[most];
  }

  /** Takes note of one more; returns how long to stay away, or 0 when these are not too many. */
  long oneMoreSeconds(long nowNanos) {
    timesNanos[(int) (count % timesNanos.length)] = nowNanos;
    count++;
    long oldestNanos = timesNanos[(int) (count % timesNanos.length)];
    if (count < timesNanos.length || nowNanos - oldestNanos > WITHIN.toNanos()) {
      doublings = 0;
      return 0;
    }
    long seconds = Math.min(LONGEST_SECONDS, 1L << doublings);
    doublings = Math.min(MOST_DOUBLINGS, doublings + 1);
    return seconds;
  }

  /** Whether the last one is so long ago that all are forgotten. */
  boolean areForgotten(long nowNanos) {
    long newestNanos = timesNanos[(int) ((count - 1) % timesNanos.length)];
    return nowNanos - newestNanos > WITHIN.toNanos();
  }
}
