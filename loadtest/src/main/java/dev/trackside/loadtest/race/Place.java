package dev.trackside.loadtest.race;

/** A place on the ground; the altitude is NaN where the recording has none. */
record Place(double latDeg, double lonDeg, double altM) {
  private static final double EARTH_RADIUS_M = 6_371_008.8;

  boolean isReal() {
    return Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180;
  }

  double metresTo(Place other) {
    double northM = Math.toRadians(other.latDeg - latDeg) * EARTH_RADIUS_M;
    return Math.hypot(northM, eastMetresTo(other));
  }

  /** In degrees clockwise from north, from 0 to below 360. */
  double headingTo(Place other) {
    double northM = Math.toRadians(other.latDeg - latDeg) * EARTH_RADIUS_M;
    double degrees = Math.toDegrees(Math.atan2(eastMetresTo(other), northM));
    return (degrees + 360) % 360;
  }

  private double eastMetresTo(Place other) {
    double middle = Math.toRadians((latDeg + other.latDeg) / 2);
    return Math.toRadians(other.lonDeg - lonDeg) * Math.cos(middle) * EARTH_RADIUS_M;
  }

  /** The place at {@code part} (0 to 1) of the straight line to another. */
  Place towards(Place other, double part) {
    return new Place(
        latDeg + (other.latDeg - latDeg) * part,
        lonDeg + (other.lonDeg - lonDeg) * part,
        altM + (other.altM - altM) * part);
  }
}
