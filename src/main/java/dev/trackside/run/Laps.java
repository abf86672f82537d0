package dev.trackside.run;

import dev.trackside.track.Earth;
import dev.trackside.track.Fix;

/**
 * The ground that a runner has covered lately, however near to one place: legs from fix to fix, as
 * far as they go on. Long legs count whole. A phone that tells of running, by its speed or its
 * runner's heart, counts without legs, as on a treadmill. What is covered fades by 0.3 m/s.
 * Immutable.
 *
 * @param latDeg where the last leg ended, latitude
 * @param lonDeg the same, longitude
 * @param coveredM what counts, in metres
 */
record Laps(double latDeg, double lonDeg, double coveredM, Direction direction) {
  private static final double ENOUGH_M = 1_000;
  private static final double LEG_M = 8;
  private static final double LONG_M = 90;
  private static final double FADES_MPS = 0.3;

  private static final double WALKING_MPS = 1;
  private static final double FASTEST_MPS = 10;
  private static final double EXERTED_BPM = 100;
  private static final double TELLS_SECONDS = 60;

  /** Nothing covered yet. */
  static Laps from(Movement place) {
    return new Laps(place.seenLatDeg(), place.seenLonDeg(), 0, Direction.NONE);
  }

  /** Whether nobody covers so much at rest. */
  boolean areEnough() {
    return coveredM >= ENOUGH_M;
  }

  /** Nothing covered yet, in the same direction. */
  Laps anew() {
    return new Laps(latDeg, lonDeg, 0, direction);
  }

  /**
   * The laps after the next fix.
   *
   * @param now where the runner is, according to it
   * @param seconds how long after the fix before
   */
  Laps after(Fix fix, Movement now, double seconds) {
    double toLatDeg = now.seenLatDeg();
    double toLonDeg = now.seenLonDeg();
    double faded = Math.max(0, coveredM - FADES_MPS * seconds);
    double toldM = toldMps(fix) * Math.min(seconds, TELLS_SECONDS);
    if (toldM > 0 || now.jumped()) {
      return new Laps(toLatDeg, toLonDeg, faded + toldM, direction);
    }
    double metres = Earth.metres(latDeg, lonDeg, toLatDeg, toLonDeg);
    if (metres < Math.max(LEG_M, now.radiusM())) {
      return new Laps(latDeg, lonDeg, faded, direction);
    }
    Direction next = direction.after(latDeg, lonDeg, toLatDeg, toLonDeg);
    double part = metres >= LONG_M ? 1 : next.goesOn();
    return new Laps(toLatDeg, toLonDeg, Math.max(0, faded + metres * part), next);
  }

  /** How fast a phone says that its runner is, wherever they are; 0 if it does not. */
  private static double toldMps(Fix fix) {
    if (fix.speedMps() >= WALKING_MPS) {
      return Math.min(fix.speedMps(), FASTEST_MPS);
    }
    return fix.heartRateBpm() >= EXERTED_BPM ? WALKING_MPS : 0;
  }
}
