package dev.trackside.picture;

import dev.trackside.run.Trail;
import java.util.Locale;

/**
 * Draws what a page shows before it has a map: the trail around the newest positions, the accuracy
 * as a halo, the dot. The page's style colours {@code trail}, {@code halo} and {@code dot}.
 */
public final class FirstPicture {
  private static final int SIZE = 720;
  private static final int MARGIN = 72;
  private static final double LEAST_M = 300;
  private static final double DOT = 14;

  private FirstPicture() {}

  /** The trail as an SVG element; an empty string for an empty trail. */
  public static String of(Trail trail) {
    if (trail.isEmpty()) {
      return "";
    }
    var line = Line.of(trail);
    var frame = Frame.around(line, line.old(), SIZE, SIZE, MARGIN, LEAST_M);
    long x = Math.round(frame.left(line.x()[line.size() - 1]));
    long y = Math.round(frame.top(line.y()[line.size() - 1]));
    double halo = frame.halo(line);
    return String.format(
        Locale.ROOT,
        "<svg id=\"first\" class=\"first\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\">"
            + "<path class=\"trail\" fill=\"none\" d=\"%s\"/>%s"
            + "<circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"%.0f\"/></svg>",
        SIZE,
        SIZE,
        path(line, frame),
        halo <= DOT
            ? ""
            : String.format(
                Locale.ROOT, "<circle class=\"halo\" cx=\"%d\" cy=\"%d\" r=\"%.0f\"/>", x, y, halo),
        x,
        y,
        DOT);
  }

  /** The path in whole units, relative to the point before; points outside are left out. */
  private static String path(Line line, Frame frame) {
    var path = new StringBuilder();
    boolean drawing = false;
    long x = 0;
    long y = 0;
    for (int i = 1; i < line.size(); i++) {
      if (!frame.touches(line, i - 1, i)) {
        drawing = false;
        continue;
      }
      if (!drawing) {
        x = Math.round(frame.left(line.x()[i - 1]));
        y = Math.round(frame.top(line.y()[i - 1]));
        path.append('M').append(x).append(' ').append(y);
        drawing = true;
      }
      long nextX = Math.round(frame.left(line.x()[i]));
      long nextY = Math.round(frame.top(line.y()[i]));
      if (nextX != x || nextY != y) {
        path.append('l').append(nextX - x).append(' ').append(nextY - y);
        x = nextX;
        y = nextY;
      }
    }
    return path.toString();
  }
}
