package dev.trackside.log;

import dev.trackside.track.Fix;

/** Two fixes of a runner are the same when their key is: the given time and the place. */
record FixKey(long tMs, double latDeg, double lonDeg) {
  static FixKey of(Fix fix) {
    return new FixKey(fix.tMs(), fix.latDeg(), fix.lonDeg());
  }
}
