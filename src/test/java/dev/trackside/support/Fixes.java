package dev.trackside.support;

import dev.trackside.track.Fix;

/** Fixes that say where, and perhaps when, and nothing else. */
public final class Fixes {
  private static final double NOT = Fix.UNKNOWN;

  private Fixes() {}

  public static Fix at(double latDeg, double lonDeg) {
    return at(Fix.NO_TIME, latDeg, lonDeg);
  }

  public static Fix at(long tMs, double latDeg, double lonDeg) {
    return new Fix(tMs, latDeg, lonDeg, NOT, NOT, NOT, NOT, NOT, NOT, NOT, "");
  }
}
