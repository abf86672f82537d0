package dev.trackside.loadtest.report;

import dev.trackside.loadtest.result.Outcome;
import dev.trackside.loadtest.result.Second;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The charts of a race, each with its figures as a table. */
final class Charts {
  private static final int POINTS = 240;
  private static final int ROWS = 30;
  private static final String TIME = "seconds from the start";

  private final Outcome outcome;
  private final Buckets points;
  private final Buckets rows;

  /**
   * A chart and its figures as a table.
   *
   * @param heading the headings of the columns
   */
  record Figure(Chart chart, List<String> heading, List<List<String>> rows) {}

  Charts(Outcome outcome) {
    this.outcome = outcome;
    this.points = Buckets.of(outcome.seconds(), POINTS);
    this.rows = Buckets.of(outcome.seconds(), ROWS);
  }

  List<Figure> all() {
    var all = new ArrayList<Figure>();
    if (!outcome.seconds().isEmpty()) {
      all.add(latencies());
    }
    var latencies = Latencies.of(outcome);
    if (latencies.any()) {
      all.add(distribution(latencies));
    }
    if (!outcome.seconds().isEmpty()) {
      all.add(deliveries());
      all.add(connections());
      if (outcome.seconds().stream().anyMatch(second -> Double.isFinite(second.rssMib()))) {
        all.add(cores());
        all.add(memory());
      }
    }
    return all;
  }

  private Figure latencies() {
    var frame =
        Chart.Frame.small(
            "Latency over time",
            "The time from when a position was due until it was delivered. " + spanMs(),
            "ms",
            TIME);
    var lines =
        List.of(
            points.mean("half", Second::p50Ms),
            points.most("99 %", Second::p99Ms),
            points.most("slowest", Second::maxMs));
    return new Figure(
        Chart.logLines(frame, points.places(), lines),
        List.of("second", "half within, ms", "99 % within, ms", "slowest, ms"),
        table(
            rows.mean("", Second::p50Ms),
            rows.most("", Second::p99Ms),
            rows.most("", Second::maxMs)));
  }

  private String spanMs() {
    return "The slowest second had a 99th percentile of %s ms, the slowest position took %s ms."
        .formatted(Latencies.words(most(Second::p99Ms)), Latencies.words(most(Second::maxMs)));
  }

  private Figure distribution(Latencies latencies) {
    var frame =
        Chart.Frame.small(
            "How long positions took",
            "Half of them took at most %s ms, 99 %% at most %s ms."
                .formatted(Latencies.words(latencies.ms(50)), Latencies.words(latencies.ms(99))),
            "% of all deliveries",
            "ms at most, each bar 1.4 times the one before");
    var steps = latencies.steps();
    return new Figure(
        Chart.logBars(
            frame,
            steps.stream().map(step -> Axis.words(rounded(step.toMs()))).toList(),
            List.of(new Series("share", steps.stream().map(Latencies.Step::percent).toList()))),
        List.of("of all positions", "took at most"),
        latencies.rows());
  }

  private static double rounded(double ms) {
    double power = Math.pow(10, Math.floor(Math.log10(ms)) - 1);
    return Math.round(ms / power) * power;
  }

  private Figure deliveries() {
    var frame =
        Chart.Frame.small(
            "Deliveries a second",
            "%,d positions were delivered in all, %s in the busiest second."
                .formatted(outcome.counts().delivered(), whole(most(Second::delivered))),
            "positions a second",
            TIME);
    var lines = List.of(points.mean("delivered", Second::delivered));
    return new Figure(
        Chart.lines(frame, points.places(), lines),
        List.of("second", "delivered a second", "sent a second"),
        table(rows.mean("", Second::delivered), rows.mean("", Second::sent)));
  }

  private Figure connections() {
    var frame =
        Chart.Frame.small(
            "Connections open",
            "At most %s were open at the same time.".formatted(whole(most(Second::open))),
            "connections",
            TIME);
    return new Figure(
        Chart.lines(frame, points.places(), List.of(points.most("open", Second::open))),
        List.of("second", "open"),
        table(rows.most("", Second::open)));
  }

  private Figure cores() {
    var frame =
        Chart.Frame.small(
            "The server's processors",
            "It used at most %s processors.".formatted(Latencies.words(most(Second::cores))),
            "processors in use",
            TIME);
    return new Figure(
        Chart.lines(frame, points.places(), List.of(points.mean("", Second::cores))),
        List.of("second", "processors"),
        table(rows.mean("", Second::cores)));
  }

  private Figure memory() {
    var frame =
        Chart.Frame.small(
            "The server's memory",
            "At most %s MiB were resident.".formatted(whole(most(Second::rssMib))),
            "MiB resident",
            TIME);
    return new Figure(
        Chart.lines(frame, points.places(), List.of(points.most("", Second::rssMib))),
        List.of("second", "MiB"),
        table(rows.most("", Second::rssMib)));
  }

  private double most(ToDoubleFunction<Second> value) {
    return outcome.seconds().stream().mapToDouble(value).filter(Double::isFinite).max().orElse(0);
  }

  private List<List<String>> table(Series... columns) {
    var table = new ArrayList<List<String>>();
    for (int i = 0; i < rows.groups().size(); i++) {
      var row = new ArrayList<String>();
      row.add(Integer.toString(rows.groups().get(i).getFirst().at()));
      for (var column : columns) {
        double value = column.values().get(i);
        row.add(Double.isFinite(value) ? figure(value) : "–");
      }
      table.add(row);
    }
    return table;
  }

  private static String figure(double value) {
    return value >= 100 || value == Math.rint(value) ? whole(value) : Latencies.words(value);
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }
}
