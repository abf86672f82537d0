package dev.trackside.log;

import dev.trackside.track.Runner;

/**
 * Counts what makes that out of date which was looked up before. A runner shares his counter with a
 * few others. Guarded by {@link Newest}.
 */
final class Versions {
  private static final int COUNTERS = 256;

  private final long[] counters = new long[COUNTERS];
  private long forAll;
  private long sum;

  void touch(Runner runner) {
    counters[runner.hashCode() & (COUNTERS - 1)]++;
    sum++;
  }

  void touchAll() {
    forAll++;
    sum++;
  }

  long of(Runner runner) {
    return forAll + counters[runner.hashCode() & (COUNTERS - 1)];
  }

  long ofAll() {
    return sum;
  }
}
