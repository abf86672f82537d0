package dev.trackside.run;

import dev.trackside.access.Key;
import dev.trackside.access.Zone;
import dev.trackside.track.Earth;

/** Places zones, and decides what they hide. */
final class Zones {
  private static final int LEAST_SLACK_M = 100;
  private static final int DIGITS = 8;

  /** The side of a cell, in slacks: its corners are within half a slack of its middle. */
  private static final double SIDE = 0.7;

  private Zones() {}

  /**
   * A zone around a place. The earth is divided into cells, and all places in a cell have the same
   * zone: neither repeated looks nor many runs from one door reveal more, whatever their order.
   *
   * @param maskM how many metres around the place are to be hidden
   * @param secret keeps others from computing the cell of a zone
   */
  static Zone around(double latDeg, double lonDeg, int maskM, Key.Hash secret) {
    int slackM = Math.max(LEAST_SLACK_M, maskM / 2);
    double sideM = SIDE * slackM;
    double rowDeg = sideM / Earth.METRES_PER_DEGREE;
    long row = (long) Math.floor(latDeg / rowDeg + part(secret, 0));
    double southDeg = (row - part(secret, 0)) * rowDeg;
    double middleDeg = southDeg + rowDeg / 2;
    double widestDeg = southDeg > 0 ? southDeg : Math.min(0, southDeg + rowDeg);
    double columnDeg = sideM / Earth.metresPerDegreeEast(widestDeg);
    long column = (long) Math.floor(lonDeg / columnDeg + part(secret, DIGITS));
    double westDeg = (column - part(secret, DIGITS)) * columnDeg;
    Key.Hash drawn = Key.of(secret.hex() + "," + slackM + "," + row + "," + column).hash();
    double angle = 2 * Math.PI * part(drawn, 0);
    double metres = (slackM - sideM * Math.sqrt(0.5)) * Math.sqrt(part(drawn, DIGITS));
    double northM = metres * Math.cos(angle); // anywhere in the circle, evenly
    double eastM = metres * Math.sin(angle);
    return new Zone(
        middleDeg + northM / Earth.METRES_PER_DEGREE,
        westDeg + columnDeg / 2 + eastM / Earth.metresPerDegreeEast(middleDeg),
        slackM);
  }

  /** Eight digits of a hash as a number from 0 to 1. */
  private static double part(Key.Hash hash, int from) {
    return Long.parseLong(hash.hex(), from, from + DIGITS, 16) / 0x1p32;
  }

  /** Whether a zone is one around a place. */
  static boolean covers(Zone zone, double latDeg, double lonDeg) {
    return metres(zone, latDeg, lonDeg) <= zone.slackM();
  }

  static boolean hides(Zone zone, double latDeg, double lonDeg, int maskM) {
    double mostM = maskM + zone.slackM();
    return Math.abs(zone.latDeg() - latDeg) * Earth.METRES_PER_DEGREE <= mostM
        && metres(zone, latDeg, lonDeg) <= mostM;
  }

  private static double metres(Zone zone, double latDeg, double lonDeg) {
    return Earth.metres(zone.latDeg(), zone.lonDeg(), latDeg, lonDeg);
  }
}
