package dev.trackside.run;

import dev.trackside.track.Position;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Places and moments as columns of whole numbers, ordered by moment. Shared, so read-only.
 *
 * @param seq the log's numbers
 * @param tMs epoch milliseconds
 * @param latE7 latitude in 1e-7 degrees
 * @param lonE7 longitude in 1e-7 degrees
 * @param altM altitude in whole metres, or {@link #UNKNOWN}
 */
public record Points(long[] seq, long[] tMs, int[] latE7, int[] lonE7, int[] altM) {
  public static final int UNKNOWN = Integer.MIN_VALUE;

  public static final Points NONE = of(List.of());

  private static final double E7 = 1e7;

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

  /** These points followed by others. */
  Points and(Points others) {
    return new Points(
        LongStream.concat(LongStream.of(seq), LongStream.of(others.seq)).toArray(),
        LongStream.concat(LongStream.of(tMs), LongStream.of(others.tMs)).toArray(),
        IntStream.concat(IntStream.of(latE7), IntStream.of(others.latE7)).toArray(),
        IntStream.concat(IntStream.of(lonE7), IntStream.of(others.lonE7)).toArray(),
        IntStream.concat(IntStream.of(altM), IntStream.of(others.altM)).toArray());
  }
}
