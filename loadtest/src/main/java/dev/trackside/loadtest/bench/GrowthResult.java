package dev.trackside.loadtest.bench;

import dev.trackside.loadtest.report.Chart;
import dev.trackside.loadtest.report.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How costs grow. */
record GrowthResult(
    String machine,
    int rounds,
    double seconds,
    List<Step> spectators,
    List<Step> connections,
    List<Step> runners) {
  /**
   * The measurements at one size.
   *
   * @param perSecond positions sent a second
   */
  record Step(int size, int perSecond, List<Measurement> played) {
    double middle(ToDoubleFunction<Measurement> figure) {
      double[] all = played.stream().mapToDouble(figure).sorted().toArray();
      return (all[(all.length - 1) / 2] + all[all.length / 2]) / 2;
    }

    long lost() {
      return played.stream().mapToLong(Measurement::lost).sum();
    }
  }

  String markdown() {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, "%s Medians of %d rounds of %.0f s.\n", machine, rounds, seconds));
    if (!spectators.isEmpty()) {
      text.append(
          """

          | spectators of one feed, without pacing | positions a second | server CPU, µs a delivery | µs a position | p50 ms | p99 ms | lost |
          |---|---|---|---|---|---|---|
          """);
      spectators.forEach(step -> busy(text, step, step.size));
    }
    if (!runners.isEmpty()) {
      text.append(
          """

          | runners, each with one spectator, without pacing | positions a second in all | server CPU, µs a delivery | µs a position | p50 ms | p99 ms | lost |
          |---|---|---|---|---|---|---|
          """);
      runners.forEach(step -> busy(text, step, 1));
    }
    if (!connections.isEmpty()) {
      text.append(
          """

          | connections that send nothing | resident, MiB | KiB a connection | %% of a processor |
          |---|---|---|---|
          """
              .replace("%%", "%"));
      for (var step : connections) {
        text.append(
            String.format(
                Locale.ROOT,
                "| %,d | %.0f | %s | %.1f |\n",
                step.size,
                step.middle(Measurement::rssMib),
                step.size < 1_000
                    ? "–"
                    : String.format(
                        Locale.ROOT, "%.1f", step.middle(Measurement::kibPerConnection)),
                step.middle(Measurement::idlePercent)));
      }
    }
    return text.toString();
  }

  private static void busy(StringBuilder text, Step step, int audience) {
    text.append(
        String.format(
            Locale.ROOT,
            "| %,d | %,d | %.2f | %,.0f | %.1f | %.1f | %d |\n",
            step.size,
            step.perSecond,
            step.middle(Measurement::micros),
            step.middle(Measurement::micros) * audience,
            step.middle(Measurement::p50Ms),
            step.middle(Measurement::p99Ms),
            step.lost()));
  }

  void drawInto(Path directory) throws IOException {
    draw(
        directory.resolve("performance-spectators.svg"),
        "What a delivery costs as a feed gets more spectators",
        "µs of server CPU a delivery",
        "spectators of one feed",
        spectators,
        Measurement::micros);
    draw(
        directory.resolve("performance-runners.svg"),
        "What a delivery costs as there are more runners",
        "µs of server CPU a delivery",
        "runners",
        runners,
        Measurement::micros);
    draw(
        directory.resolve("performance-connections.svg"),
        "Memory as there are more connections",
        "MiB resident",
        "connections",
        connections,
        Measurement::rssMib);
  }

  private static void draw(
      Path file,
      String title,
      String unit,
      String below,
      List<Step> steps,
      ToDoubleFunction<Measurement> figure)
      throws IOException {
    if (steps.isEmpty()) {
      return;
    }
    List<Double> places = steps.stream().map(step -> (double) step.size).toList();
    List<Double> values = steps.stream().map(step -> step.middle(figure)).toList();
    var frame =
        Chart.Frame.wide(
            title,
            String.format(
                Locale.ROOT,
                "%,d: %.2f; %,d: %.2f.",
                steps.getFirst().size,
                values.getFirst(),
                steps.getLast().size,
                values.getLast()),
            unit,
            below);
    var line = List.of(new Series(unit, values));
    var chart =
        unit.startsWith("MiB")
            ? Chart.lines(frame, places, line)
            : Chart.linesOverPowers(frame, places, line);
    Files.writeString(file, chart.asFile());
  }
}
