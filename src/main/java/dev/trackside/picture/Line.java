package dev.trackside.picture;

import dev.trackside.run.Movement;
import dev.trackside.run.Points;
import dev.trackside.run.Trail;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** The line of a trail that is not empty, through the fixes that are no errors. */
  static Line of(Trail trail) {
    Points past = trail.past();
    var movement = new Movement();
    for (int i = 0; i < past.size(); i++) {
      movement.resume(past.latDeg(i), past.lonDeg(i), past.tMs()[i], past.wayM()[i]);
    }
    List<Fix> drawn = drawn(trail.newest(), movement);
    double[] x = new double[past.size() + drawn.size()];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      Fix fix = i < past.size() ? null : drawn.get(i - past.size());
      x[i] = (fix == null ? past.lonDeg(i) : fix.lonDeg()) / 360;
      x[i] -= i == 0 ? 0 : Math.rint(x[i] - x[i - 1]);
      y[i] = y(fix == null ? past.latDeg(i) : fix.latDeg());
    }
    Fix last = trail.newest().getLast().fix();
    double accuracyM = Double.isNaN(last.accuracyM()) ? 0 : last.accuracyM();
    double wide = Math.cos(radians(last.latDeg()));
    int old = Math.min(past.size(), x.length - 1);
    return new Line(x, y, old, 1 / (CIRCUMFERENCE_M * wide), accuracyM);
  }

  /** The last of them may be away: it is drawn if somebody can have got there. */
  private static List<Fix> drawn(List<Position> newest, Movement movement) {
    var drawn = new ArrayList<Fix>(newest.size());
    Fix held = null;
    for (Position position : newest) {
      Fix fix = position.fix();
      switch (movement.add(fix.latDeg(), fix.lonDeg(), position.tMs(), fix.accuracyM())) {
        case NEAR -> {
          drawn.add(fix);
          held = null;
        }
        case HALO -> {}
        case AWAY -> held = fix;
        case CONFIRMS -> {
          addIfKnown(held, drawn);
          drawn.add(fix);
          held = null;
        }
        case GOES_ON -> {
          addIfKnown(held, drawn);
          held = fix;
        }
      }
    }
    if (movement.isAway()) {
      addIfKnown(held, drawn);
    }
    return drawn;
  }

  /** The one that is held may be of the past, and drawn already. */
  private static void addIfKnown(@Nullable Fix held, List<Fix> drawn) {
    if (held != null) {
      drawn.add(held);
    }
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
