package dev.trackside.run;

import dev.trackside.track.Earth;

/**
 * Which way somebody goes, leg by leg. Errors of satellites lead back and forth, runners go on: in
 * one direction, or, on a small loop, turning to one side all the time. Immutable.
 *
 * @param east the direction of the last leg, a unit vector
 * @param north the same
 * @param ahead the cosine of the last turn
 * @param meanAhead the mean cosine of the last turns, some 10
 * @param meanLeft their mean sine
 */
record Direction(double east, double north, double ahead, double meanAhead, double meanLeft) {
  static final Direction NONE = new Direction(0, 0, 0, 0, 0);

  private static final double SHARE = 0.1;
  private static final double STEADY = 0.55;

  /** The direction after a leg from one place to another. */
  Direction after(double latDeg, double lonDeg, double toLatDeg, double toLonDeg) {
    double heading = Math.toRadians(Earth.headingDeg(latDeg, lonDeg, toLatDeg, toLonDeg));
    double nowEast = Math.sin(heading);
    double nowNorth = Math.cos(heading);
    double nowAhead = east * nowEast + north * nowNorth;
    double left = east * nowNorth - north * nowEast;
    return new Direction(
        nowEast,
        nowNorth,
        nowAhead,
        meanAhead + SHARE * (nowAhead - meanAhead),
        meanLeft + SHARE * (left - meanLeft));
  }

  /** Whether errors do not go on like this. */
  boolean isSteady() {
    return turns() || meanAhead >= STEADY;
  }

  /** How much of the last leg goes on: from -1, right back, to 1. */
  double goesOn() {
    return turns() ? Math.abs(meanLeft) : ahead;
  }

  private boolean turns() {
    return Math.abs(meanLeft) >= STEADY;
  }
}
