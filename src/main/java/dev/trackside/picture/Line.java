package dev.trackside.picture;

import dev.trackside.run.Points;
import dev.trackside.run.Trail;
import dev.trackside.track.Position;

/**
 * A trail on the maps' ground (web Mercator, the earth's circumference is 1), never around the
 * world from one point to the next.
 *
 * @param old how many points there are before the newest, which are not simplified
 * @param unit how long a metre is where the trail ends
 * @param accuracyM of the last point, or 0
 */
record Line(double[] x, double[] y, int old, double unit, double accuracyM) {
  private static final double CIRCUMFERENCE_M = 40_075_017;
  private static final double HIGHEST_DEG = 85;

  /** The line of a trail that is not empty. */
  static Line of(Trail trail) {
    Points past = trail.past();
    int size = past.size() + trail.newest().size();
    double[] x = new double[size];
    double[] y = new double[size];
    for (int i = 0; i < size; i++) {
      boolean old = i < past.size();
      Position raw = old ? null : trail.newest().get(i - past.size());
      double lon = raw == null ? past.lonDeg(i) : raw.fix().lonDeg();
      x[i] = lon / 360;
      x[i] -= i == 0 ? 0 : Math.rint(x[i] - x[i - 1]);
      y[i] = y(raw == null ? past.latDeg(i) : raw.fix().latDeg());
    }
    var last = trail.newest().getLast().fix();
    double accuracyM = Double.isNaN(last.accuracyM()) ? 0 : last.accuracyM();
    double wide = Math.cos(Math.toRadians(Math.clamp(last.latDeg(), -HIGHEST_DEG, HIGHEST_DEG)));
    return new Line(x, y, past.size(), 1 / (CIRCUMFERENCE_M * wide), accuracyM);
  }

  private static double y(double latDeg) {
    double lat = Math.toRadians(Math.clamp(latDeg, -HIGHEST_DEG, HIGHEST_DEG));
    return -Math.log(Math.tan(Math.PI / 4 + lat / 2)) / (2 * Math.PI);
  }

  int size() {
    return x.length;
  }
}
