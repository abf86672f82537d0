package dev.trackside.picture;

/**
 * Where points of a line are in a picture. Immutable.
 *
 * @param x the line's coordinate in the middle of the picture
 * @param y downwards, as in pictures
 * @param scale how many pixels a coordinate's 1 is
 */
record Frame(double x, double y, double scale, int width, int height) {
  /**
   * Fits the points of a line from one on into a picture.
   *
   * @param margin how many pixels stay free around them
   * @param leastM so many metres are shown at least
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

  /** How many pixels the halo of the last point measures from its middle, at most the picture. */
  double halo(Line line) {
    return Math.min(line.accuracyM() * line.unit() * scale, width);
  }

  /** Whether anything of the stretch between two points may be in the picture. */
  boolean touches(Line line, int from, int to) {
    return near(left(line.x()[from]), left(line.x()[to]), width)
        && near(top(line.y()[from]), top(line.y()[to]), height);
  }

  private static boolean near(double a, double b, int size) {
    return Math.max(a, b) >= 0 && Math.min(a, b) <= size;
  }
}
