package dev.trackside.run;

/**
 * Places and moments as columns of whole numbers, ordered by moment. Shared, so read-only.
 *
 * @param seq the log's numbers
 * @param tMs epoch milliseconds
 * @param latE7 latitude in 1e-7 degrees
 * @param lonE7 longitude in 1e-7 degrees
 * @param altM altitude in whole metres, or {@link #UNKNOWN}
 * @param wayM the way until the place of each, in whole metres
 */
public record Points(long[] seq, long[] tMs, int[] latE7, int[] lonE7, int[] altM, int[] wayM) {
  public static final int UNKNOWN = Integer.MIN_VALUE;

  public static final Points NONE = new PointList().points();

  static final double E7 = 1e7;

  /** Degrees in 1e-7 degrees. */
  static int e7(double degrees) {
    return (int) Math.round(degrees * E7);
  }

  public int size() {
    return seq.length;
  }

  public double latDeg(int i) {
    return latE7[i] / E7;
  }

  public double lonDeg(int i) {
    return lonE7[i] / E7;
  }
}
