package dev.trackside.run;

import dev.trackside.track.Position;
import java.util.Arrays;
import java.util.List;

/**
 * Places and moments as columns of whole numbers, ordered by moment. Not to be changed: many share
 * them.
 *
 * @param seq the log's numbers
 * @param tMs epoch milliseconds
 * @param latE7 latitude in 1e-7 degrees
 * @param lonE7 longitude in 1e-7 degrees
 * @param altM altitude in whole metres, or {@link #UNKNOWN}
 */
public record Points(long[] seq, long[] tMs, int[] latE7, int[] lonE7, int[] altM) {
  /** Stands for an altitude that was not given. */
  public static final int UNKNOWN = Integer.MIN_VALUE;

  public static final Points NONE = of(List.of());

  private static final double E7 = 1e7;

  /** Those of positions. */
  public static Points of(List<Position> positions) {
    int size = positions.size();
    var points =
        new Points(new long[size], new long[size], new int[size], new int[size], new int[size]);
    int i = 0;
    for (Position position : positions) {
      points.seq[i] = position.seq();
      points.tMs[i] = position.tMs();
      points.latE7[i] = (int) Math.round(position.fix().latDeg() * E7);
      points.lonE7[i] = (int) Math.round(position.fix().lonDeg() * E7);
      double altM = position.fix().altM();
      points.altM[i] = Double.isNaN(altM) ? UNKNOWN : (int) Math.round(altM);
      i++;
    }
    return points;
  }

  public int size() {
    return seq.length;
  }

  public double latDeg(int i) {
    return latE7[i] / E7;
  }

  public double lonDeg(int i) {
    return lonE7[i] / E7;
  }

  /** These and, behind them, others. */
  Points and(Points others) {
    return new Points(
        joined(seq, others.seq),
        joined(tMs, others.tMs),
        joined(latE7, others.latE7),
        joined(lonE7, others.lonE7),
        joined(altM, others.altM));
  }

  private static long[] joined(long[] first, long[] second) {
    long[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static int[] joined(int[] first, int[] second) {
    int[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
