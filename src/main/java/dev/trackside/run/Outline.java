package dev.trackside.run;

import dev.trackside.track.Earth;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The positions that suffice to draw a run. The line through them is within 1.5 m, 4 m of altitude
 * and 20 s of every other position, rounding included; the time keeps a rest a rest. If that takes
 * more than 900 positions, the tolerances grow until 900 suffice.
 */
final class Outline {
  private static final int MOST = 900;
  private static final double COARSER = 1.25;
  private static final double NEAR_M = 1.48;
  private static final double LEVEL_M = 3;
  private static final double SOON_MS = 20_000;

  private Outline() {}

  /**
   * @param run positions ordered by moment
   */
  static List<Position> of(List<Position> run) {
    var simplification = new Simplification(east(run), north(run), up(run), time(run));
    double tolerance = 1;
    BitSet kept = simplification.within(tolerance);
    while (kept.cardinality() > MOST) {
      tolerance *= COARSER;
      kept = simplification.within(tolerance);
    }
    var outline = new ArrayList<Position>(kept.cardinality());
    kept.stream().forEach(i -> outline.add(run.get(i)));
    return outline;
  }

  /** Scaled where degrees of longitude are widest. No step goes around the world. */
  private static double[] east(List<Position> run) {
    double least = run.stream().mapToDouble(p -> Math.abs(p.fix().latDeg())).min().orElse(0);
    double width = Earth.METRES_PER_DEGREE * Math.cos(Math.toRadians(least)) / NEAR_M;
    double[] east = new double[run.size()];
    double before = 0;
    double turns = 0;
    for (int i = 0; i < east.length; i++) {
      double lonDeg = run.get(i).fix().lonDeg();
      turns -= i == 0 ? 0 : 360 * Math.rint((lonDeg - before) / 360);
      before = lonDeg;
      east[i] = (lonDeg + turns) * width;
    }
    return east;
  }

  private static double[] north(List<Position> run) {
    return run.stream()
        .mapToDouble(p -> p.fix().latDeg() * Earth.METRES_PER_DEGREE / NEAR_M)
        .toArray();
  }

  /** An unknown altitude counts as the one before it. */
  private static double[] up(List<Position> run) {
    double[] up = new double[run.size()];
    double before =
        run.stream()
            .map(Position::fix)
            .mapToDouble(Fix::altM)
            .filter(Double::isFinite)
            .findFirst()
            .orElse(0);
    for (int i = 0; i < up.length; i++) {
      double altM = run.get(i).fix().altM();
      before = Double.isNaN(altM) ? before : altM;
      up[i] = before / LEVEL_M;
    }
    return up;
  }

  private static double[] time(List<Position> run) {
    long first = run.isEmpty() ? 0 : run.getFirst().tMs();
    return run.stream().mapToDouble(p -> (p.tMs() - first) / SOON_MS).toArray();
  }
}
