package dev.trackside.access;

import dev.trackside.track.Fix;

/**
 * Where somebody's run begins or ends, and nobody else shall see it. The centre is not the place
 * itself: who sees where many trails break off could work it out. Immutable.
 *
 * @param latDeg the centre, WGS84 degrees
 * @param lonDeg the centre, WGS84 degrees
 * @param slackM how far the place is from the centre at most, metres
 */
public record Zone(double latDeg, double lonDeg, int slackM) {
  private static final double EARTH_RADIUS_M = 6_371_008.8;
  private static final int LEAST_SLACK_M = 100;
  private static final int HALF = 8;

  /**
   * A zone around a place. The same place and secret make the same zone, so that nobody learns more
   * by looking again.
   *
   * @param maskM how many metres around it shall be hidden
   */
  static Zone around(Fix place, int maskM, Key.Hash secret) {
    int slackM = Math.max(LEAST_SLACK_M, maskM / 2);
    Key.Hash drawn = Key.of(secret.hex() + place.latDeg() + "," + place.lonDeg()).hash();
    double angle = 2 * Math.PI * part(drawn, 0);
    double metres = slackM * Math.sqrt(part(drawn, HALF)); // anywhere in the circle, evenly
    double northDeg = Math.toDegrees(metres * Math.cos(angle) / EARTH_RADIUS_M);
    double narrowing = Math.max(1e-6, Math.cos(Math.toRadians(place.latDeg())));
    double eastDeg = Math.toDegrees(metres * Math.sin(angle) / EARTH_RADIUS_M / narrowing);
    return new Zone(place.latDeg() + northDeg, place.lonDeg() + eastDeg, slackM);
  }

  /** Eight digits of a hash as a number from 0 to 1. */
  private static double part(Key.Hash hash, int from) {
    return Long.parseLong(hash.hex(), from, from + HALF, 16) / 0x1p32;
  }

  /** Whether everything within the mask of this place is hidden by the zone already. */
  boolean covers(Fix place) {
    return metresTo(place) <= slackM;
  }

  /** Whether a place is too near to be shown. */
  boolean hides(Fix place, int maskM) {
    return metresTo(place) <= maskM + slackM;
  }

  private double metresTo(Fix place) {
    return metres(latDeg, lonDeg, place.latDeg(), place.lonDeg());
  }

  /** On a plane through both, which is right within a thousandth over 10 km. */
  static double metres(double latDeg, double lonDeg, double otherLatDeg, double otherLonDeg) {
    double east = Math.IEEEremainder(otherLonDeg - lonDeg, 360);
    double narrowing = Math.cos(Math.toRadians((latDeg + otherLatDeg) / 2));
    return EARTH_RADIUS_M
        * Math.hypot(Math.toRadians(otherLatDeg - latDeg), Math.toRadians(east) * narrowing);
  }
}
