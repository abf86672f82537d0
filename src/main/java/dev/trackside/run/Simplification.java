package dev.trackside.run;

import java.util.BitSet;

/**
 * Simplifies a line with the algorithm of Ramer (1972) and of Douglas and Peucker ("Algorithms for
 * the reduction of the number of points required to represent a digitized line or its caricature",
 * 1973). It uses a stack instead of recursion, and measures the distance to the segment between two
 * points, not to the infinite line, because runners turn back. Keeping every thousandth point
 * bounds the cost, which would be quadratic for a line made to be expensive.
 */
final class Simplification {
  private static final int BLOCK = 1_000;

  private final double[][] axes;
  private final int size;

  /**
   * @param axes the coordinates of each dimension, all in the same unit
   */
  Simplification(double[]... axes) {
    this.axes = axes;
    this.size = axes[0].length;
  }

  /** The points to keep: the line through them is within the tolerance of every other point. */
  BitSet within(double tolerance) {
    var kept = new BitSet(size);
    if (size == 0) {
      return kept;
    }
    for (int from = 0; from < size; from += BLOCK) {
      keepBetween(from, Math.min(from + BLOCK, size - 1), tolerance, kept);
    }
    return kept;
  }

  private void keepBetween(int from, int to, double tolerance, BitSet kept) {
    kept.set(from);
    kept.set(to);
    int[] stack = new int[2 * BLOCK];
    int depth = 0;
    stack[depth++] = from;
    stack[depth++] = to;
    while (depth > 0) {
      int last = stack[--depth];
      int first = stack[--depth];
      int farthest = farthest(first, last, tolerance);
      if (farthest > 0) {
        kept.set(farthest);
        stack[depth++] = first;
        stack[depth++] = farthest;
        stack[depth++] = farthest;
        stack[depth++] = last;
      }
    }
  }

  /**
   * The point that is farthest from the segment between two points, if beyond the tolerance; or 0.
   */
  private int farthest(int first, int last, double tolerance) {
    double[] along = new double[axes.length];
    double square = 0;
    for (int axis = 0; axis < axes.length; axis++) {
      along[axis] = axes[axis][last] - axes[axis][first];
      square += along[axis] * along[axis];
    }
    int farthest = 0;
    double most = tolerance * tolerance;
    for (int i = first + 1; i < last; i++) {
      double distance = squareOfDistance(i, first, along, square);
      if (distance > most) {
        most = distance;
        farthest = i;
      }
    }
    return farthest;
  }

  private double squareOfDistance(int i, int first, double[] along, double square) {
    double dot = 0;
    for (int axis = 0; axis < axes.length; axis++) {
      dot += (axes[axis][i] - axes[axis][first]) * along[axis];
    }
    double part = square == 0 ? 0 : Math.clamp(dot / square, 0, 1);
    double sum = 0;
    for (int axis = 0; axis < axes.length; axis++) {
      double off = axes[axis][i] - axes[axis][first] - part * along[axis];
      sum += off * off;
    }
    return sum;
  }
}
