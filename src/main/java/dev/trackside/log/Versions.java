package dev.trackside.log;

import dev.trackside.track.Runner;

/**
 * Counts the changes that make lookups out of date. A few runners share each counter. Guarded by
 * {@link Newest}.
 */
final class Versions {
  private final long[] counters = new long[256];
  private long forAll;
  private long sum;

  void touch(Runner runner) {
    counters[runner.hashCode() & (counters.length - 1)]++;
    sum++;
  }

  void touchAll() {
    forAll++;
    sum++;
  }

  long of(Runner runner) {
    return forAll + counters[runner.hashCode() & (counters.length - 1)];
  }

  long ofAll() {
    return sum;
  }
}
