package dev.trackside.track;

/**
 * Distances and directions on the ground, on a sphere of the earth's mean radius (IUGG). Places are
 * WGS84 degrees.
 */
public final class Earth {
  public static final double RADIUS_M = 6_371_008.8;

  /** Of latitude anywhere, and of longitude on the equator. */
  public static final double METRES_PER_DEGREE = Math.PI * RADIUS_M / 180;

  private Earth() {}

  /**
   * The distance between two places, the short way round.
   *
   * <p>It is measured on a plane through both, which is right within a thousandth over 10 km.
   */
  public static double metres(
      double latDeg, double lonDeg, double otherLatDeg, double otherLonDeg) {
    return Math.hypot(northM(latDeg, otherLatDeg), eastM(latDeg, lonDeg, otherLatDeg, otherLonDeg));
  }

  /** The direction from one place to another near it, degrees clockwise from north, 0 up to 360. */
  public static double headingDeg(
      double latDeg, double lonDeg, double otherLatDeg, double otherLonDeg) {
    double degrees =
        Math.toDegrees(
            Math.atan2(
                eastM(latDeg, lonDeg, otherLatDeg, otherLonDeg), northM(latDeg, otherLatDeg)));
    return (degrees + 360) % 360;
  }

  /** How many metres a degree of longitude has at a latitude; never 0. */
  public static double metresPerDegreeEast(double latDeg) {
    return METRES_PER_DEGREE * Math.max(1e-6, Math.cos(Math.toRadians(latDeg)));
  }

  private static double northM(double latDeg, double otherLatDeg) {
    return (otherLatDeg - latDeg) * METRES_PER_DEGREE;
  }

  private static double eastM(
      double latDeg, double lonDeg, double otherLatDeg, double otherLonDeg) {
    double east = Math.IEEEremainder(otherLonDeg - lonDeg, 360);
    return east * METRES_PER_DEGREE * Math.cos(Math.toRadians((latDeg + otherLatDeg) / 2));
  }
}
