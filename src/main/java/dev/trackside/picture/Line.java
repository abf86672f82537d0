package dev.trackside.picture;

import dev.trackside.run.Points;
import dev.trackside.run.Trail;
import dev.trackside.track.Fix;

/**
 * A trail in web Mercator, in which the earth's circumference is 1. From one point to the next it
 * takes the shorter way around the world.
 *
 * @param y southwards
 * @param old the number of points before the newest ones, which are not simplified
 * @param unit the length of a metre at the end of the trail
 * @param accuracyM the accuracy of the last point, or 0
 */
record Line(double[] x, double[] y, int old, double unit, double accuracyM) {
  private static final double CIRCUMFERENCE_M = 40_075_017;
  private static final double HIGHEST_DEG = 85;

  /** The line of a trail that is not empty. */
  static Line of(Trail trail) {
    Points past = trail.past();
    int old = past.size();
    double[] x = new double[old + trail.newest().size()];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      Fix fix = i < old ? null : trail.newest().get(i - old).fix();
      x[i] = (fix == null ? past.lonDeg(i) : fix.lonDeg()) / 360;
      x[i] -= i == 0 ? 0 : Math.rint(x[i] - x[i - 1]);
      y[i] = y(fix == null ? past.latDeg(i) : fix.latDeg());
    }
    Fix last = trail.newest().getLast().fix();
    double accuracyM = Double.isNaN(last.accuracyM()) ? 0 : last.accuracyM();
    double wide = Math.cos(radians(last.latDeg()));
    return new Line(x, y, old, 1 / (CIRCUMFERENCE_M * wide), accuracyM);
  }

  private static double y(double latDeg) {
    return -Math.log(Math.tan(Math.PI / 4 + radians(latDeg) / 2)) / (2 * Math.PI);
  }

  private static double radians(double latDeg) {
    return Math.toRadians(Math.clamp(latDeg, -HIGHEST_DEG, HIGHEST_DEG));
  }

  int size() {
    return x.length;
  }
}
