package dev.trackside.loadtest.report;

import static dev.trackside.loadtest.report.Markup.text;

import dev.trackside.loadtest.result.Counts;
import dev.trackside.loadtest.result.Outcome;
import dev.trackside.loadtest.result.ServerUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures of a race as a sentence, as tiles and as tables. */
final class Facts {
  private Facts() {}

  static String sentence(Outcome outcome) {
    Counts counts = outcome.counts();
    var latencies = Latencies.of(outcome);
    String lost = counts.lost() == 0 ? "none lost" : number(counts.lost()) + " lost";
    String late =
        latencies.any() ? ", 99 % within " + Latencies.words(latencies.ms(99)) + " ms" : "";
    return "%s positions delivered over %s connections, %s%s."
        .formatted(number(counts.delivered()), number(counts.connections()), lost, late);
  }

  static String tiles(Outcome outcome) {
    Counts counts = outcome.counts();
    var latencies = Latencies.of(outcome);
    var tiles = new StringBuilder("<dl class=\"tiles\">\n");
    tile(tiles, "delivered", number(counts.delivered()));
    tile(tiles, "lost", number(counts.lost()));
    if (latencies.any()) {
      tile(tiles, "half within", Latencies.words(latencies.ms(50)) + " ms");
      tile(tiles, "99 % within", Latencies.words(latencies.ms(99)) + " ms");
    }
    tile(tiles, "connections", number(counts.connections()));
    ServerUse use = outcome.server();
    if (use != null) {
      tile(tiles, "server, µs a delivery", Latencies.words(use.microsPerDelivery()));
      tile(tiles, "server, MiB at most", number(Math.round(use.rssMostMib())));
    }
    return tiles.append("</dl>").toString();
  }

  private static void tile(StringBuilder tiles, String name, String figure) {
    tiles.append("<div><dt>%s</dt><dd>%s</dd></div>\n".formatted(text(name), text(figure)));
  }

  static String tables(Outcome outcome) {
    var tables = new ArrayList<String>();
    tables.add(titled("Counts", counts(outcome.counts())));
    tables.add(
        titled(
            "Options",
            outcome.plan().entrySet().stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                .toList()));
    if (!outcome.notes().isEmpty()) {
      tables.add(
          titled("Other problems", outcome.notes().stream().map(note -> List.of(note)).toList()));
    }
    ServerUse use = outcome.server();
    if (use != null) {
      tables.add(titled("Server", use(use)));
    }
    return String.join("\n", tables);
  }

  private static List<List<String>> counts(Counts counts) {
    return List.of(
        List.of("connections", number(counts.connections())),
        List.of("… refused", number(counts.refused())),
        List.of("… broken", number(counts.broken())),
        List.of("… made again", number(counts.reconnects())),
        List.of("positions sent", number(counts.sent())),
        List.of("… acknowledged", number(counts.acknowledged())),
        List.of("deliveries expected", number(counts.expected())),
        List.of("delivered", number(counts.delivered())),
        List.of("skipped", number(counts.skipped())),
        List.of("lost", number(counts.lost())),
        List.of("twice", number(counts.duplicates())),
        List.of("out of order", number(counts.disordered())));
  }

  private static List<List<String>> use(ServerUse use) {
    return List.of(
        List.of("processor time", decimal(use.cpuSeconds()) + " s"),
        List.of("per delivery", decimal(use.microsPerDelivery()) + " µs"),
        List.of("memory at the start", mib(use.rssStartMib())),
        List.of("… at most", mib(use.rssMostMib())),
        List.of("… at the end", mib(use.rssEndMib())),
        List.of("heap after a collection", mib(use.heapAfterGcMib())),
        List.of("open files at the end", number(use.descriptorsEnd())),
        List.of("threads at the end", number(use.threadsEnd())));
  }

  private static String titled(String title, List<List<String>> rows) {
    return "<div><h2>%s</h2>\n%s</div>".formatted(text(title), table(List.of(), rows));
  }

  static String table(List<String> heading, List<List<String>> rows) {
    String head =
        heading.isEmpty()
            ? ""
            : "<thead><tr>%s</tr></thead>\n"
                .formatted(
                    heading.stream()
                        .map(name -> "<th scope=\"col\">" + text(name) + "</th>")
                        .collect(Collectors.joining()));
    String body = rows.stream().map(Facts::row).collect(Collectors.joining("\n"));
    return "<div class=\"wide\"><table>\n%s<tbody>\n%s\n</tbody>\n</table></div>"
        .formatted(head, body);
  }

  private static String row(List<String> cells) {
    return "<tr><th scope=\"row\">%s</th>%s</tr>"
        .formatted(
            text(cells.getFirst()),
            cells.stream()
                .skip(1)
                .map(cell -> "<td>" + text(cell) + "</td>")
                .collect(Collectors.joining()));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String decimal(double value) {
    return Double.isFinite(value) ? Latencies.words(value) : "–";
  }

  private static String mib(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%,.0f MiB", value) : "unknown";
  }
}
