package dev.trackside.load;

/**
 * A fix as a phone has said it, and so as it must be stored.
 *
 * @param speedMps NaN when the phone left it out
 */
record SentFix(long tMs, double latDeg, double lonDeg, double speedMps) {
  private static final double HALF_A_CENTIMETRE = 0.00501;

  boolean isStoredAs(long storedTMs, double lat, double lon, double storedSpeedMps) {
    boolean sameSpeed =
        Double.isNaN(speedMps)
            ? Double.isNaN(storedSpeedMps)
            : Math.abs(speedMps - storedSpeedMps) <= HALF_A_CENTIMETRE;
    return tMs == storedTMs && latDeg == lat && lonDeg == lon && sameSpeed;
  }
}
