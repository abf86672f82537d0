package dev.trackside.load;

/**
 * When each of many things is due, whatever became of those before it.
 *
 * @param startNanos of {@link System#nanoTime}
 * @param warmUp how many come before it counts
 */
record Pace(long startNanos, double everyNanos, int warmUp, int count) {
  private static final long SOON_NANOS = 500_000_000;

  static Pace of(double aSecond, int warmUpSeconds, int seconds) {
    return new Pace(
        System.nanoTime() + SOON_NANOS,
        1e9 / aSecond,
        (int) (aSecond * warmUpSeconds),
        (int) (aSecond * (warmUpSeconds + seconds)));
  }

  long dueNanos(int index) {
    return startNanos + (long) (index * everyNanos);
  }

  /** How many are due now. */
  int due(long nowNanos) {
    double due = (nowNanos - startNanos) / everyNanos + 1;
    return nowNanos < startNanos ? 0 : (int) Math.min(count, due);
  }

  boolean counts(int index) {
    return index >= warmUp;
  }

  int counting() {
    return count - warmUp;
  }
}
