package dev.trackside.track;

/** Distances and directions on a sphere of the earth's mean radius (IUGG), in WGS84 degrees. */
public final class Earth {
  /** Metres in a degree of latitude, and of longitude at the equator. */
  public static final double METRES_PER_DEGREE = Math.PI * 6_371_008.8 / 180;

  private Earth() {}

  /** The distance between two places, on a plane: within a thousandth over 10 km. */
  public static double metres(
      double latDeg, double lonDeg, double otherLatDeg, double otherLonDeg) {
    return Math.hypot(northM(latDeg, otherLatDeg), eastM(latDeg, lonDeg, otherLatDeg, otherLonDeg));
  }

  /** The direction to a nearby place, in degrees clockwise from north, from 0 to below 360. */
  public static double headingDeg(
      double latDeg, double lonDeg, double otherLatDeg, double otherLonDeg) {
    double east = eastM(latDeg, lonDeg, otherLatDeg, otherLonDeg);
    double north = northM(latDeg, otherLatDeg);
    return (Math.toDegrees(Math.atan2(east, north)) + 360) % 360;
  }

  /** Metres in a degree of longitude at a latitude; never 0. */
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
