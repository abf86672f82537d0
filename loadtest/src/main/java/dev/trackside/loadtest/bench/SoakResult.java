package dev.trackside.loadtest.bench;

import dev.trackside.loadtest.report.Chart;
import dev.trackside.loadtest.report.Series;
import dev.trackside.loadtest.result.Latency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The result of a soak.
 *
 * @param settledAfterSeconds earlier samples do not count for the slopes
 * @param failures a sentence for each check that failed
 */
record SoakResult(
    String machine,
    String server,
    Crowd.Size size,
    double churnPercent,
    double settledAfterSeconds,
    List<Sample> samples,
    Map<String, Slope> slopes,
    Map<String, Long> counts,
    double p50Ms,
    double p99Ms,
    String firstLost,
    List<String> failures) {

  private static final int MEASURED = 4;

  static SoakResult of(
      String server,
      Crowd.Size size,
      double churnPercent,
      double settledAfterSeconds,
      List<Sample> samples,
      Crowd crowd) {
    var slopes = new LinkedHashMap<String, Slope>();
    List<Sample> judged =
        samples.stream().filter(sample -> sample.seconds() >= settledAfterSeconds).toList();
    slope(slopes, "heap after a collection, MiB", judged, Sample::heapMib);
    slope(slopes, "resident memory, MiB", judged, Sample::rssMib);
    slope(slopes, "open files beside the connections", judged, Sample::filesBeside);
    slope(slopes, "threads", judged, Sample::threads);
    CrowdCounts sums = crowd.counts;
    var counts = new LinkedHashMap<String, Long>();
    counts.put("positions sent", crowd.reported());
    counts.put("delivered", sums.delivered);
    counts.put("lost", sums.lost);
    counts.put("skipped", sums.skipped);
    counts.put("twice", sums.duplicates);
    counts.put("out of order", sums.disordered);
    counts.put("came back", sums.reconnects);
    counts.put("vanished, and ended by the server", sums.thrownOut);
    counts.put("vanished, and not ended", sums.overstayed);
    counts.put("otherwise broken by the server", sums.broken);
    counts.put("told to start over", sums.resets);
    var failures = new ArrayList<String>();
    slopes.forEach(
        (name, slope) -> {
          if (!slope.flat()) {
            failures.add(name + " rises");
          }
        });
    none(failures, sums.lost, "positions were lost, first " + sums.firstLost);
    none(failures, sums.duplicates, "positions came twice");
    none(failures, sums.disordered, "positions came out of order");
    none(failures, sums.overstayed, "silent connections were not ended");
    return new SoakResult(
        MarkdownPage.machine(),
        server,
        size,
        churnPercent,
        settledAfterSeconds,
        samples,
        slopes,
        counts,
        Latency.percentileMs(sums.latencies, 50),
        Latency.percentileMs(sums.latencies, 99),
        sums.firstLost,
        List.copyOf(failures));
  }

  private static void none(List<String> failures, long count, String what) {
    if (count > 0) {
      failures.add(count + " " + what);
    }
  }

  /** Adds a slope if there are at least three samples, all of them measured. */
  private static void slope(
      Map<String, Slope> slopes,
      String name,
      List<Sample> samples,
      ToDoubleFunction<Sample> value) {
    double[] values = samples.stream().mapToDouble(value).toArray();
    if (values.length > 2 && Arrays.stream(values).noneMatch(Double::isNaN)) {
      slopes.put(name, Slope.of(samples.stream().mapToDouble(Sample::seconds).toArray(), values));
    }
  }

  private String verdict() {
    if (!failures.isEmpty()) {
      return "Failed: " + String.join("; ", failures) + ".";
    }
    return slopes.size() < MEASURED
        ? "Nothing lost; too short or too few measurements to say that all is flat."
        : "All flat, nothing lost.";
  }

  String markdown() {
    var text = new StringBuilder();
    Sample last = samples.getLast();
    text.append(machine)
        .append(
            String.format(
                Locale.ROOT,
                " %.0f minutes, %,d connections: %,d runners who report once a second, %,d"
                    + " spectators, %s %% of whom leave each second and come back with `after` (half"
                    + " of them without closing); %,d follow everybody and do not read for 20 s of"
                    + " every 35, %,d stop answering without closing. The slopes are those after the"
                    + " first %.0f s.\n\n",
                last.seconds() / 60,
                size.runners() + size.watchers(),
                size.runners(),
                size.watchers(),
                churnPercent,
                size.stalling(),
                size.vanishing(),
                settledAfterSeconds))
        .append("**")
        .append(verdict())
        .append(
            "**\n\n| | mean | slope an hour (± 2 errors) | in all | |\n|---|---|---|---|---|\n");
    slopes.forEach(
        (name, slope) ->
            text.append("| ").append(name).append(" | ").append(slope.cells()).append(" |\n"));
    text.append("\n| | |\n|---|---|\n");
    counts.forEach(
        (name, count) -> text.append(String.format(Locale.ROOT, "| %s | %,d |\n", name, count)));
    text.append(
        String.format(
            Locale.ROOT,
            "| half within, 99 %% within | %.1f ms, %.1f ms |\n| server, of one processor | %.0f %% |\n",
            p50Ms,
            p99Ms,
            100
                * (last.cpuSeconds() - samples.getFirst().cpuSeconds())
                / Math.max(1e-9, last.seconds() - samples.getFirst().seconds())));
    return text.toString();
  }

  void drawInto(Path directory) throws IOException {
    List<Double> at = samples.stream().map(sample -> sample.seconds() / 60).toList();
    String words =
        "Resident memory was %.0f MiB at the end, the heap after a collection %.1f MiB."
            .formatted(samples.getLast().rssMib(), samples.getLast().heapMib());
    var frame = Chart.Frame.wide("Memory during the soak", words, "MiB", "minutes");
    var lines =
        List.of(
            new Series("resident", samples.stream().map(Sample::rssMib).toList()),
            new Series("heap after a collection", samples.stream().map(Sample::heapMib).toList()));
    Files.writeString(
        directory.resolve("performance-soak.svg"), Chart.lines(frame, at, lines).asFile());
  }
}
