package dev.trackside.picture;

/**
 * Maps the points of a line to a picture.
 *
 * @param x the line's x in the middle of the picture
 * @param y the line's y in the middle of the picture
 * @param scale pixels per unit of the line
 */
record Frame(double x, double y, double scale, int width, int height) {
  /**
   * Fits the points of a line into a picture.
   *
   * @param from the first point
   * @param margin the free space around them, pixels
   * @param leastM the picture shows at least so many metres
   */
  static Frame around(Line line, int from, int width, int height, int margin, double leastM) {
    double west = Double.POSITIVE_INFINITY;
    double east = Double.NEGATIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (int i = from; i < line.size(); i++) {
      west = Math.min(west, line.x()[i]);
      east = Math.max(east, line.x()[i]);
      top = Math.min(top, line.y()[i]);
      bottom = Math.max(bottom, line.y()[i]);
    }
    double least = leastM * line.unit();
    double scale =
        Math.min(
            (width - 2 * margin) / Math.max(east - west, least),
            (height - 2 * margin) / Math.max(bottom - top, least));
    return new Frame((west + east) / 2, (top + bottom) / 2, scale, width, height);
  }

  double left(double lineX) {
    return (lineX - x) * scale + width / 2.0;
  }

  double top(double lineY) {
    return (lineY - y) * scale + height / 2.0;
  }

  /** The radius of the last point's halo, pixels; at most the picture's width. */
  double halo(Line line) {
    return Math.min(line.accuracyM() * line.unit() * scale, width);
  }

  /** Whether the line between two points may touch the picture. */
  boolean touches(Line line, int from, int to) {
    return near(left(line.x()[from]), left(line.x()[to]), width)
        && near(top(line.y()[from]), top(line.y()[to]), height);
  }

  private static boolean near(double a, double b, int size) {
    return Math.max(a, b) >= 0 && Math.min(a, b) <= size;
  }
}
