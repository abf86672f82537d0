package dev.trackside.run;

import dev.trackside.track.Position;
import java.util.Arrays;

/** Points that grow in number, and what each is worth in the drawing. For one thread at a time. */
final class PointList {
  private static final int FEW = 4;

  long[] seq = new long[FEW];
  long[] tMs = new long[FEW];
  int[] latE7 = new int[FEW];
  int[] lonE7 = new int[FEW];
  int[] altM = new int[FEW];
  int[] wayM = new int[FEW];
  float[] accuracyM = new float[FEW];
  double[] worth = new double[FEW];
  int size;

  void add(PointList other, int i, double itsWorth) {
    if (size == seq.length) {
      grow();
    }
    seq[size] = other.seq[i];
    tMs[size] = other.tMs[i];
    latE7[size] = other.latE7[i];
    lonE7[size] = other.lonE7[i];
    altM[size] = other.altM[i];
    wayM[size] = other.wayM[i];
    accuracyM[size] = other.accuracyM[i];
    worth[size] = itsWorth;
    size++;
  }

  void add(Position position) {
    if (size == seq.length) {
      grow();
    }
    double altM = position.fix().altM();
    seq[size] = position.seq();
    tMs[size] = position.tMs();
    latE7[size] = Points.e7(position.fix().latDeg());
    lonE7[size] = Points.e7(position.fix().lonDeg());
    accuracyM[size] = (float) position.fix().accuracyM();
    this.altM[size] = Double.isNaN(altM) ? Points.UNKNOWN : (int) Math.round(altM);
    size++;
  }

  private void grow() {
    int most = 2 * size;
    seq = Arrays.copyOf(seq, most);
    tMs = Arrays.copyOf(tMs, most);
    latE7 = Arrays.copyOf(latE7, most);
    lonE7 = Arrays.copyOf(lonE7, most);
    altM = Arrays.copyOf(altM, most);
    wayM = Arrays.copyOf(wayM, most);
    accuracyM = Arrays.copyOf(accuracyM, most);
    worth = Arrays.copyOf(worth, most);
  }

  /** Those that are worth more than a tolerance. */
  PointList above(double tolerance) {
    var kept = new PointList();
    for (int i = 0; i < size; i++) {
      if (worth[i] > tolerance) {
        kept.add(this, i, worth[i]);
      }
    }
    return kept;
  }

  /** The points from one on. */
  PointList from(int first) {
    var rest = new PointList();
    for (int i = first; i < size; i++) {
      rest.add(this, i, worth[i]);
    }
    return rest;
  }

  /** The least tolerance above which no more than so many are worth. */
  double toleranceFor(int most) {
    if (size <= most) {
      return 0;
    }
    double[] sorted = Arrays.copyOf(worth, size);
    Arrays.sort(sorted);
    return sorted[size - 1 - most];
  }

  Points points() {
    return new Points(
        Arrays.copyOf(seq, size),
        Arrays.copyOf(tMs, size),
        Arrays.copyOf(latE7, size),
        Arrays.copyOf(lonE7, size),
        Arrays.copyOf(altM, size),
        Arrays.copyOf(wayM, size));
  }
}
