package dev.trackside.loadtest.report;

import static dev.trackside.loadtest.report.Markup.length;

import java.util.List;
import java.util.stream.Stream;

/** Draws the axes, lines and bars of a chart. For one thread. */
final class Drawing {
  private static final double GAP_BETWEEN_GROUPS = 0.25;
  private static final double GAP_BETWEEN_NAMES = 6;
  private static final double LINE = 16;

  private final Chart.Frame frame;
  private final StringBuilder parts = new StringBuilder();

  Drawing(Chart.Frame frame) {
    this.frame = frame;
  }

  void upwards(Axis axis) {
    for (double tick : axis.ticks()) {
      double y = frame.y(axis.place(tick));
      parts.append(
          "<path class=\"rule\" d=\"M%s %sH%s\"/><text x=\"%d\" y=\"%s\" text-anchor=\"end\">%s</text>\n"
              .formatted(
                  length(frame.x(0)),
                  length(y),
                  length(frame.x(1)),
                  Chart.Frame.LEFT - 6,
                  length(y + 4.5),
                  Axis.words(tick)));
    }
  }

  void rightwards(Axis axis) {
    for (double tick : axis.ticks()) {
      nameAt(frame.x(axis.place(tick)), 0, Axis.words(tick));
    }
  }

  private void nameAt(double x, double below, String name) {
    parts.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>\n"
            .formatted(length(x), length(frame.y(0) + 17 + below), Markup.text(name)));
  }

  /** Writes names below the x axis, broken at a hyphen if necessary, or else only some of them. */
  void names(List<String> names) {
    double room = (frame.x(1) - frame.x(0)) / names.size() - GAP_BETWEEN_NAMES;
    boolean broken = names.stream().anyMatch(name -> width(name) > room);
    double widest =
        names.stream()
            .flatMap(name -> broken ? Stream.of(name.split("(?<=-)", -1)) : Stream.of(name))
            .mapToDouble(Drawing::width)
            .max()
            .orElse(0);
    int every = Math.max(1, (int) Math.ceil(widest / room));
    for (int i = 0; i < names.size(); i += every) {
      double x = frame.x((i + 0.5) / names.size());
      String[] lines = broken ? names.get(i).split("(?<=-)", 2) : new String[] {names.get(i)};
      for (int line = 0; line < lines.length; line++) {
        nameAt(x, line * LINE, lines[line]);
      }
    }
  }

  private static double width(String name) {
    return name.length() * Chart.CHARACTER;
  }

  void line(int colour, Axis x, Axis y, List<Double> places, List<Double> values) {
    var path = new StringBuilder();
    boolean down = false;
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i);
      boolean there = Double.isFinite(value) && (!y.log() || value > 0);
      if (there) {
        path.append(down ? 'L' : 'M')
            .append(length(frame.x(x.place(places.get(i)))))
            .append(' ')
            .append(length(frame.y(y.place(value))));
        boolean alone = !down && (i + 1 == values.size() || !Double.isFinite(values.get(i + 1)));
        path.append(alone ? "h.1" : "");
      }
      down = there;
    }
    if (!path.isEmpty()) {
      parts.append("<path class=\"line l%d\" d=\"%s\"/>\n".formatted(colour, path));
    }
  }

  void bars(int colour, int colours, Axis y, List<Double> values) {
    double group = (frame.x(1) - frame.x(0)) / values.size();
    double width = group * (1 - GAP_BETWEEN_GROUPS) / colours;
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i);
      if (!Double.isFinite(value) || value <= 0) {
        continue;
      }
      double x = frame.x(0) + group * (i + GAP_BETWEEN_GROUPS / 2) + colour * width;
      double top = frame.y(y.place(value));
      parts.append(
          "<rect class=\"b%d\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>\n"
              .formatted(
                  colour,
                  length(x),
                  length(top),
                  length(Math.max(0.5, width - (colours > 1 ? 1 : 0))),
                  length(frame.y(0) - top)));
    }
  }

  @Override
  public String toString() {
    return parts.toString();
  }
}
