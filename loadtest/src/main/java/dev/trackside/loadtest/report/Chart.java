package dev.trackside.loadtest.report;

import java.util.List;

/**
 * A chart as SVG, for a page or a file of its own.
 *
 * <p>The colours of {@link #STYLE} follow the reader's light or dark scheme. Lines also differ by
 * their dashes, and bars by their order.
 */
public record Chart(Frame frame, List<String> legend, String drawing) {
  /** The style of charts, which a page includes once. */
  public static final String STYLE =
      """
      .chart{--ink:#1d2733;--dim:#5a6878;--rule:#dde3ea;--c0:#0b63ce;--c1:#c2410c;--c2:#5b7083;--c3:#15803d}
      @media (prefers-color-scheme:dark){.chart{--ink:#e8edf3;--dim:#a3b1c0;--rule:#2e3a47;--c0:#6fb1ff;--c1:#ff9a5c;--c2:#9fb2c4;--c3:#5fd38d}}
      .chart text{font:14px system-ui,sans-serif;fill:var(--dim)}
      .chart .name{fill:var(--ink)}
      .chart .rule{stroke:var(--rule);stroke-width:1;fill:none}
      .chart .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
      .chart .l0{stroke:var(--c0)} .chart .l1{stroke:var(--c1);stroke-dasharray:6 3} .chart .l2{stroke:var(--c2);stroke-dasharray:1.5 3.5} .chart .l3{stroke:var(--c3);stroke-dasharray:9 3 2 3}
      .chart .b0{fill:var(--c0)} .chart .b1{fill:var(--c1)} .chart .b2{fill:var(--c2)} .chart .b3{fill:var(--c3)}
      """;

  /** The background of a file, since the page around it may have another colour scheme. */
  private static final String PAGE =
      ".chart .page{fill:#fff} @media (prefers-color-scheme:dark){.chart .page{fill:#0d1117}}\n";

  private static final String SHEET =
      "<path class=\"page\" d=\"M-9999-9999h19998v19998h-19998z\"/>\n";

  static final double CHARACTER = 7.6;

  /**
   * The texts and the size of a chart.
   *
   * @param words the chart in a sentence with figures, for those who cannot see it
   * @param unit the unit of the y axis
   * @param below the name of the x axis
   */
  public record Frame(
      String title, String words, String unit, String below, int width, int height) {
    static final int TOP = 40;
    static final int BOTTOM = 40;
    static final int LEFT = 46;
    static final int RIGHT = 14;

    /** A frame for one column of a page. */
    public static Frame small(String title, String words, String unit, String below) {
      return new Frame(title, words, unit, below, 360, 240);
    }

    /** A frame as wide as a page. */
    public static Frame wide(String title, String words, String unit, String below) {
      return new Frame(title, words, unit, below, 760, 340);
    }

    double x(double share) {
      return LEFT + share * (width - LEFT - RIGHT);
    }

    double y(double share) {
      return height - BOTTOM - share * (height - TOP - BOTTOM);
    }
  }

  /** Lines over common x values. */
  public static Chart lines(Frame frame, List<Double> places, List<Series> series) {
    var x = Axis.over(places.stream().mapToDouble(Double::doubleValue));
    return lines(frame, x, Axis.fromZero(Series.all(series)), places, series);
  }

  /** Lines over a logarithmic x axis. */
  public static Chart linesOverPowers(Frame frame, List<Double> places, List<Series> series) {
    var x = Axis.log(places.stream().mapToDouble(Double::doubleValue));
    return lines(frame, x, Axis.fromZero(Series.all(series)), places, series);
  }

  /** Lines over a logarithmic y axis. */
  public static Chart logLines(Frame frame, List<Double> places, List<Series> series) {
    var x = Axis.over(places.stream().mapToDouble(Double::doubleValue));
    return lines(frame, x, Axis.log(Series.all(series)), places, series);
  }

  private static Chart lines(
      Frame frame, Axis x, Axis y, List<Double> places, List<Series> series) {
    var drawing = new Drawing(frame);
    drawing.upwards(y);
    drawing.rightwards(x);
    for (int i = 0; i < series.size(); i++) {
      drawing.line(i, x, y, places, series.get(i).values());
    }
    return new Chart(frame, names(series), drawing.toString());
  }

  /** One group of bars for each name, with one bar for each series. */
  public static Chart bars(Frame frame, List<String> names, List<Series> series) {
    return bars(frame, names, series, Axis.fromZero(Series.all(series)));
  }

  /** The same over a logarithmic y axis. */
  public static Chart logBars(Frame frame, List<String> names, List<Series> series) {
    return bars(frame, names, series, Axis.log(Series.all(series)));
  }

  private static Chart bars(Frame frame, List<String> names, List<Series> series, Axis y) {
    var drawing = new Drawing(frame);
    drawing.upwards(y);
    drawing.names(names);
    for (int i = 0; i < series.size(); i++) {
      drawing.bars(i, series.size(), y, series.get(i).values());
    }
    return new Chart(frame, names(series), drawing.toString());
  }

  private static List<String> names(List<Series> series) {
    return series.size() == 1 ? List.of() : series.stream().map(Series::name).toList();
  }

  /** The SVG for a page that includes {@link #STYLE}. */
  public String inPage() {
    return svg("", "");
  }

  /** The SVG for a file of its own. */
  public String asFile() {
    return svg(
            " xmlns=\"http://www.w3.org/2000/svg\"",
            "<style>" + STYLE + PAGE + "</style>\n" + SHEET)
        + "\n";
  }

  private String svg(String space, String style) {
    var parts = new StringBuilder();
    parts
        .append(
            "<svg%s class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
                .formatted(space, frame.width(), frame.height()))
        .append(
            "<title>%s</title>\n<desc>%s</desc>\n%s"
                .formatted(Markup.text(frame.title()), Markup.text(frame.words()), style))
        .append(
            "<text class=\"unit\" x=\"4\" y=\"16\">%s</text>\n"
                .formatted(Markup.text(frame.unit())))
        .append(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n"
                .formatted(
                    frame.width() - Frame.RIGHT, frame.height() - 6, Markup.text(frame.below())))
        .append(legendAsSvg())
        .append(drawing)
        .append("</svg>");
    return parts.toString();
  }

  private String legendAsSvg() {
    var parts = new StringBuilder();
    double right = frame.width() - Frame.RIGHT;
    for (int i = legend.size() - 1; i >= 0; i--) {
      String name = legend.get(i);
      right -= name.length() * CHARACTER;
      parts.append(
          "<text class=\"name\" x=\"%s\" y=\"16\">%s</text>\n"
              .formatted(Markup.length(right), Markup.text(name)));
      right -= 26;
      boolean bars = drawing.contains("<rect");
      parts.append(
          (bars
                  ? "<rect class=\"b%d\" x=\"%s\" y=\"6\" width=\"20\" height=\"10\"/>\n"
                  : "<path class=\"line l%d\" d=\"M%s 12h20\"/>\n")
              .formatted(i, Markup.length(right)));
      right -= 12;
    }
    return parts.toString();
  }
}
