package dev.trackside.log;

import dev.trackside.track.Fix;

/** What makes two fixes of a runner the same one: time as it was given, and place. */
record Moment(long tMs, double latDeg, double lonDeg) {
  static Moment of(Fix fix) {
    return new Moment(fix.tMs(), fix.latDeg(), fix.lonDeg());
  }
}
