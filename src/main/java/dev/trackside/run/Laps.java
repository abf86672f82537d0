package dev.trackside.run;

import dev.trackside.track.Earth;
import dev.trackside.track.Fix;

/**
 * The ground that a runner has covered lately, however near to one place. Errors of satellites lead
 * back and forth, runners go on: a leg counts by how far it goes on in the direction of the one
 * before. On a small loop, or with few fixes to the lap, legs turn by much, but always to the same
 * side. Long legs count whole. A phone that tells of running, by its speed or its runner's heart,
 * counts without legs, as on a treadmill. What is covered fades by 0.3 m/s. Immutable.
 *
 * @param latDeg where the last leg ended, latitude
 * @param lonDeg the same, longitude
 * @param coveredM what counts, in metres
 * @param east the direction of the last leg, a unit vector
 * @param north the same
 * @param turning the mean sine of the turns to the left
 */
record Laps(
    double latDeg, double lonDeg, double coveredM, double east, double north, double turning) {
  private static final double ENOUGH_M = 1_000;
  private static final double LEG_M = 8;
  private static final double LONG_M = 90;
  private static final double FADES_MPS = 0.3;
  private static final double SHARE = 0.05;
  private static final double STEADY = 0.5;

  private static final double WALKING_MPS = 1;
  private static final double FASTEST_MPS = 10;
  private static final double EXERTED_BPM = 100;
  private static final double TELLS_SECONDS = 60;

  /** Nothing covered yet. */
  static Laps from(Movement place) {
    return new Laps(place.seenLatDeg(), place.seenLonDeg(), 0, 0, 0, 0);
  }

  /** Whether nobody covers so much at rest. */
  boolean areEnough() {
    return coveredM >= ENOUGH_M;
  }

  /** Nothing covered yet, in the same direction. */
  Laps anew() {
    return new Laps(latDeg, lonDeg, 0, east, north, turning);
  }

  /**
   * The laps after the next fix.
   *
   * @param now where the runner is, according to it
   * @param seconds how long after the fix before
   */
  Laps after(Fix fix, Movement now, double seconds) {
    double faded = Math.max(0, coveredM - FADES_MPS * seconds);
    double toldM = toldMps(fix) * Math.min(seconds, TELLS_SECONDS);
    if (toldM > 0 || now.jumped()) {
      return new Laps(now.seenLatDeg(), now.seenLonDeg(), faded + toldM, east, north, turning);
    }
    double metres = Earth.metres(latDeg, lonDeg, now.seenLatDeg(), now.seenLonDeg());
    return metres < Math.max(LEG_M, now.radiusM())
        ? new Laps(latDeg, lonDeg, faded, east, north, turning)
        : leg(now, metres, faded);
  }

  private Laps leg(Movement now, double metres, double faded) {
    double heading =
        Math.toRadians(Earth.headingDeg(latDeg, lonDeg, now.seenLatDeg(), now.seenLonDeg()));
    double nowEast = Math.sin(heading);
    double nowNorth = Math.cos(heading);
    double turns = turning + SHARE * (east * nowNorth - north * nowEast - turning);
    double goesOn = east * nowEast + north * nowNorth;
    double part = metres >= LONG_M ? 1 : Math.abs(turns) >= STEADY ? Math.abs(turns) : goesOn;
    double covered = Math.max(0, faded + metres * part);
    return new Laps(now.seenLatDeg(), now.seenLonDeg(), covered, nowEast, nowNorth, turns);
  }

  /** How fast a phone says that its runner is, wherever they are; 0 if it does not. */
  private static double toldMps(Fix fix) {
    if (fix.speedMps() >= WALKING_MPS) {
      return Math.min(fix.speedMps(), FASTEST_MPS);
    }
    return fix.heartRateBpm() >= EXERTED_BPM ? WALKING_MPS : 0;
  }
}
