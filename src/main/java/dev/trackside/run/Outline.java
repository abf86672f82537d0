package dev.trackside.run;

import dev.trackside.track.Earth;
import dev.trackside.track.Position;
import java.util.ArrayDeque;

/**
 * The points that suffice to draw a run, which grows. The line through them is within 1.5 m, 4 m of
 * altitude and 20 s of every other point, rounding included; the time keeps a rest a rest. If that
 * takes more than 750 points, the 750 that matter most stay, and the tolerances grow as much as
 * that takes. A run is simplified in blocks, each once and for all, so that a point more costs a
 * block at most, however long the run is; of a run without end the oldest blocks go. For one thread
 * at a time.
 */
final class Outline {
  static final int MOST = 750;
  static final int BLOCK = 1_000;

  /** With the newest block, more than a day at one position a second. */
  private static final int MOST_BLOCKS = 100;

  private static final double NEAR_M = 1.48;
  private static final double LEVEL_M = 3;
  private static final double SOON_MS = 20_000;
  private static final int ROUND = 1_800_000_000;

  /** What is left of the full blocks, each without its last point, which begins the next. */
  private PointList past = new PointList();

  /** Where the full blocks begin. */
  private final ArrayDeque<Long> borders = new ArrayDeque<>();

  /** The block that is not full yet. */
  private PointList block = new PointList();

  /** How many distances it has measured. */
  private long measured;

  /** Adds the point that is next by moment. */
  void add(PointList points, int i) {
    block.add(points, i, 0);
    if (block.size > BLOCK) {
      closeBlock();
    }
  }

  private void closeBlock() {
    weigh(block);
    borders.add(block.seq[0]);
    int last = block.size - 1;
    for (int i = 0; i < last; i++) {
      if (block.worth[i] > 0) {
        past.add(block, i, block.worth[i]);
      }
    }
    block = block.from(last);
    if (borders.size() > MOST_BLOCKS) {
      borders.remove();
      dropBefore(borders.element());
    }
    if (past.size > 2 * MOST) {
      past = past.above(past.toleranceFor(MOST));
    }
  }

  private void dropBefore(long seq) {
    int first = 0;
    while (past.seq[first] != seq) {
      first++;
    }
    past = past.from(first);
  }

  /**
   * The outline of everything up to a position, without that position, but with the one before.
   *
   * @param between points that come between but are not part of it yet
   */
  Points until(Position next, PointList between) {
    PointList open = block.from(0);
    for (int i = 0; i < between.size; i++) {
      open.add(between, i, 0);
    }
    open.add(next);
    weigh(open);
    if (open.size > 1) {
      open.worth[open.size - 2] = Double.POSITIVE_INFINITY; // the way goes on from there
    }
    PointList all = past.from(0);
    for (int i = 0; i < open.size - 1; i++) {
      if (open.worth[i] > 0) {
        all.add(open, i, open.worth[i]);
      }
    }
    return all.above(all.toleranceFor(MOST)).points();
  }

  /** How many distances it has measured so far. */
  long measured() {
    return measured;
  }

  private void weigh(PointList points) {
    var simplification = new Simplification(east(points), north(points), up(points), time(points));
    double[] worths = simplification.worths(1);
    System.arraycopy(worths, 0, points.worth, 0, points.size);
    measured += simplification.measured;
  }

  /** Scaled where degrees of longitude are widest. No step goes around the world. */
  private static double[] east(PointList points) {
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < points.size; i++) {
      least = Math.min(least, Math.abs(points.latE7[i]));
    }
    double width =
        Earth.METRES_PER_DEGREE * Math.cos(Math.toRadians(least / Points.E7)) / NEAR_M / Points.E7;
    double[] east = new double[points.size];
    long at = 0;
    for (int i = 0; i < east.length; i++) {
      long step = (long) points.lonE7[i] - (i == 0 ? 0 : points.lonE7[i - 1]);
      at += i == 0 || Math.abs(step) <= ROUND ? step : step - Long.signum(step) * 2L * ROUND;
      east[i] = at * width;
    }
    return east;
  }

  private static double[] north(PointList points) {
    double[] north = new double[points.size];
    for (int i = 0; i < north.length; i++) {
      north[i] = points.latE7[i] * (Earth.METRES_PER_DEGREE / NEAR_M / Points.E7);
    }
    return north;
  }

  /** An unknown altitude counts as the one before it, or the first that is known in the block. */
  private static double[] up(PointList points) {
    int before = 0;
    for (int i = points.size - 1; i >= 0; i--) {
      before = points.altM[i] == Points.UNKNOWN ? before : points.altM[i];
    }
    double[] up = new double[points.size];
    for (int i = 0; i < up.length; i++) {
      before = points.altM[i] == Points.UNKNOWN ? before : points.altM[i];
      up[i] = before / LEVEL_M;
    }
    return up;
  }

  private static double[] time(PointList points) {
    double[] time = new double[points.size];
    for (int i = 0; i < time.length; i++) {
      time[i] = (points.tMs[i] - points.tMs[0]) / SOON_MS;
    }
    return time;
  }
}
