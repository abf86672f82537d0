package dev.trackside.run;

/**
 * Simplifies a line with the algorithm of Ramer (1972) and of Douglas and Peucker ("Algorithms for
 * the reduction of the number of points required to represent a digitized line or its caricature",
 * 1973), for all tolerances at once. It uses a stack instead of recursion, and measures the
 * distance to the segment between two points, not to the infinite line, because runners turn back.
 * After so many cuts at the farthest point, a piece is cut in the middle: a line made to be
 * expensive costs no more than its length times the logarithm of it, and keeps a few points more
 * than it needs.
 */
final class Simplification {
  /** More than recorded runs need. */
  private static final int DEEPEST = 32;

  private final double[][] axes;
  private final int size;
  private final double[] along;
  private double farthestSquare;

  /** How many distances it has measured. */
  long measured;

  /**
   * @param axes the coordinates of each dimension, all in the same unit
   */
  Simplification(double[]... axes) {
    this.axes = axes;
    this.size = axes[0].length;
    this.along = new double[axes.length];
  }

  /**
   * The worth of each point: the line through all points that are worth more than a tolerance is
   * within it of every other point. The ends are worth everything.
   *
   * @param least points that are worth no more have 0
   */
  double[] worths(double least) {
    double[] worths = new double[size];
    if (size == 0) {
      return worths;
    }
    worths[0] = Double.POSITIVE_INFINITY;
    worths[size - 1] = Double.POSITIVE_INFINITY;
    int[] stack = new int[3 * (DEEPEST + 2 + Integer.SIZE)];
    int top = push(stack, 0, 0, size - 1, 0);
    while (top > 0) {
      int depth = stack[--top];
      int last = stack[--top];
      int first = stack[--top];
      int farthest = farthest(first, last, least * least);
      if (farthest > 0) {
        int cut = depth < DEEPEST ? farthest : (first + last) >>> 1;
        double whole = Math.min(worths[first], worths[last]);
        worths[cut] = Math.min(whole, Math.sqrt(farthestSquare));
        top = push(stack, top, first, cut, depth + 1);
        top = push(stack, top, cut, last, depth + 1);
      }
    }
    return worths;
  }

  private static int push(int[] stack, int top, int first, int last, int depth) {
    if (last - first < 2) {
      return top;
    }
    stack[top] = first;
    stack[top + 1] = last;
    stack[top + 2] = depth;
    return top + 3;
  }

  /**
   * The point that is farthest from the segment between two points, if beyond the tolerance; or 0.
   */
  private int farthest(int first, int last, double leastSquare) {
    double square = 0;
    for (int axis = 0; axis < axes.length; axis++) {
      along[axis] = axes[axis][last] - axes[axis][first];
      square += along[axis] * along[axis];
    }
    measured += last - first - 1;
    int farthest = 0;
    farthestSquare = leastSquare;
    for (int i = first + 1; i < last; i++) {
      double distance = squareOfDistance(i, first, square);
      if (distance > farthestSquare) {
        farthestSquare = distance;
        farthest = i;
      }
    }
    return farthest;
  }

  private double squareOfDistance(int i, int first, double square) {
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
