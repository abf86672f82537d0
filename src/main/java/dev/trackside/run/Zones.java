package dev.trackside.run;

import dev.trackside.access.Key;
import dev.trackside.access.Zone;
import dev.trackside.track.Earth;
import dev.trackside.track.Fix;

/** Places zones, and decides what they hide. */
final class Zones {
  private static final int LEAST_SLACK_M = 100;
  private static final int DIGITS = 8;

  private Zones() {}

  /**
   * A zone around a place. The same place and secret give the same zone, so that repeated looks
   * reveal no more.
   *
   * @param maskM how many metres around the place are to be hidden
   */
  static Zone around(Fix place, int maskM, Key.Hash secret) {
    int slackM = Math.max(LEAST_SLACK_M, maskM / 2);
    Key.Hash drawn = Key.of(secret.hex() + place.latDeg() + "," + place.lonDeg()).hash();
    double angle = 2 * Math.PI * part(drawn, 0);
    double metres = slackM * Math.sqrt(part(drawn, DIGITS)); // anywhere in the circle, evenly
    return new Zone(
        place.latDeg() + metres * Math.cos(angle) / Earth.METRES_PER_DEGREE,
        place.lonDeg() + metres * Math.sin(angle) / Earth.metresPerDegreeEast(place.latDeg()),
        slackM);
  }

  /** Eight digits of a hash as a number from 0 to 1. */
  private static double part(Key.Hash hash, int from) {
    return Long.parseLong(hash.hex(), from, from + DIGITS, 16) / 0x1p32;
  }

  /** Whether a zone hides everything that a zone around this place has to hide. */
  static boolean covers(Zone zone, Fix place) {
    return metres(zone, place) <= zone.slackM();
  }

  static boolean hides(Zone zone, Fix place, int maskM) {
    return metres(zone, place) <= maskM + zone.slackM();
  }

  private static double metres(Zone zone, Fix place) {
    return Earth.metres(zone.latDeg(), zone.lonDeg(), place.latDeg(), place.lonDeg());
  }
}
