package dev.trackside.load;

import java.util.Arrays;
import java.util.Locale;

/** How long each of many things took, from when it was due. */
final class Latencies {
  private static final double MILLION = 1e6;

  private final long[] nanos;
  private int count;
  private boolean sorted;

  Latencies(int most) {
    nanos = new long[most];
  }

  void add(long elapsedNanos) {
    nanos[count++] = elapsedNanos;
    sorted = false;
  }

  int count() {
    return count;
  }

  /**
   * @param share how many of all are not slower, 0 to 1
   */
  double millis(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    if (!sorted) {
      Arrays.sort(nanos, 0, count);
      sorted = true;
    }
    return nanos[Math.min(count - 1, (int) (count * share))] / MILLION;
  }

  /** As cells of a table: p50, p99, p99.9, the slowest. */
  String cells() {
    return String.format(
        Locale.ROOT, "%.1f | %.1f | %.1f | %.0f", millis(.5), millis(.99), millis(.999), millis(1));
  }
}
