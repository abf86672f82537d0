package dev.trackside.loadtest.bench;

import dev.trackside.loadtest.report.Chart;
import dev.trackside.loadtest.report.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Servers side by side.
 *
 * @param peers the names of the servers, ours first
 */
record Comparison(String machine, int rounds, double seconds, List<String> peers, List<Row> rows) {
  /**
   * A workload.
   *
   * @param played the rounds of each server, in the order of the servers; none for a server that
   *     did not run it
   */
  record Row(String name, String words, List<List<Measurement>> played) {
    /** The median of a server's rounds. */
    double middle(int peer, ToDoubleFunction<Measurement> figure) {
      double[] all =
          played.get(peer).stream().mapToDouble(figure).filter(Double::isFinite).sorted().toArray();
      if (all.length == 0) {
        return Double.NaN;
      }
      return (all[(all.length - 1) / 2] + all[all.length / 2]) / 2;
    }

    long lost(int peer) {
      return played.get(peer).stream().mapToLong(Measurement::lost).sum();
    }

    private String leftOut(int peer) {
      long skipped = played.get(peer).stream().mapToLong(Measurement::skipped).sum();
      return skipped == 0 ? "" : " (and " + skipped + " skipped)";
    }

    boolean idle() {
      return Double.isFinite(middle(0, Measurement::kibPerConnection));
    }

    private ToDoubleFunction<Measurement> cost() {
      return idle() ? Measurement::kibPerConnection : Measurement::micros;
    }
  }

  static String words(Measurement figures) {
    return Double.isFinite(figures.kibPerConnection())
        ? String.format(
            Locale.ROOT,
            "%.2f KiB a connection, %.0f MiB in all, %.1f %% of a processor",
            figures.kibPerConnection(),
            figures.rssMib(),
            figures.idlePercent())
        : String.format(
            Locale.ROOT,
            "%.3f us a delivery, %,.0f a second, p50 %.1f ms, p99 %.1f ms, lost %d, skipped %d, %.0f bytes, %.0f MiB",
            figures.micros(),
            figures.perSecond(),
            figures.p50Ms(),
            figures.p99Ms(),
            figures.lost(),
            figures.skipped(),
            figures.bytes(),
            figures.rssMib());
  }

  String markdown() {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s Medians of %d rounds of %.0f s, the servers in turn.\n\n",
            machine,
            rounds,
            seconds));
    text.append("| server CPU, µs a delivery |");
    peers.forEach(peer -> text.append(' ').append(peer).append(" |"));
    if (peers.size() > 1) {
      text.append(" ours / ").append(peers.get(1)).append(" |");
    }
    text.append(
        " delivered a second, in thousands | p99 ms | lost | bytes a delivery | MiB |\n|---|");
    text.append("---|".repeat(peers.size() + (peers.size() > 1 ? 1 : 0) + 5)).append('\n');
    for (var row : rows) {
      if (!row.idle()) {
        line(text, row);
      }
    }
    rows.stream().filter(Row::idle).forEach(row -> idle(text, row));
    return text.toString();
  }

  private void line(StringBuilder text, Row row) {
    text.append("| ").append(row.words()).append(" | ");
    text.append(each(row, row.cost(), "%.2f", " | ")).append(" | ").append(ratio(row));
    text.append(each(row, figures -> figures.perSecond() / 1_000, "%,.1f", " / ")).append(" | ");
    text.append(each(row, Measurement::p99Ms, "%,.1f", " / ")).append(" | ");
    var lost = new ArrayList<String>();
    for (int i = 0; i < peers.size(); i++) {
      lost.add(row.played().get(i).isEmpty() ? "–" : row.lost(i) + row.leftOut(i));
    }
    text.append(String.join(" / ", lost)).append(" | ");
    text.append(each(row, Measurement::bytes, "%.0f", " / ")).append(" | ");
    text.append(each(row, Measurement::rssMib, "%.0f", " / ")).append(" |\n");
  }

  private void idle(StringBuilder text, Row row) {
    text.append("\n| memory, KiB a connection |");
    peers.forEach(peer -> text.append(' ').append(peer).append(" |"));
    text.append(peers.size() > 1 ? " ours / " + peers.get(1) + " |" : "");
    text.append(" MiB in all | % of a processor |\n|---|");
    text.append("---|".repeat(peers.size() + (peers.size() > 1 ? 1 : 0) + 2)).append('\n');
    text.append("| ").append(row.words()).append(" | ");
    text.append(each(row, row.cost(), "%.1f", " | ")).append(" | ").append(ratio(row));
    text.append(each(row, Measurement::rssMib, "%.0f", " / ")).append(" | ");
    text.append(each(row, Measurement::idlePercent, "%.1f", " / ")).append(" |\n");
  }

  private String ratio(Row row) {
    if (peers.size() < 2) {
      return "";
    }
    double ratio = row.middle(0, row.cost()) / row.middle(1, row.cost());
    String words = Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "–";
    return (Double.isFinite(ratio) && ratio < 1 ? "**" + words + "**" : words) + " | ";
  }

  private String each(Row row, ToDoubleFunction<Measurement> figure, String form, String between) {
    var words = new ArrayList<String>();
    for (int i = 0; i < peers.size(); i++) {
      double middle = row.middle(i, figure);
      words.add(Double.isFinite(middle) ? String.format(Locale.ROOT, form, middle) : "–");
    }
    return String.join(between, words);
  }

  void drawInto(Path directory) throws IOException {
    List<Row> busy = rows.stream().filter(row -> !row.idle()).toList();
    var series = new ArrayList<Series>();
    for (int i = 0; i < peers.size(); i++) {
      int peer = i;
      series.add(
          new Series(
              peers.get(i),
              busy.stream().map(row -> row.middle(peer, Measurement::micros)).toList()));
    }
    var frame =
        Chart.Frame.wide(
            "What a delivery costs",
            "Server CPU for each delivered position; less is better. The figures are in the table.",
            "µs of server CPU a delivery",
            "");
    Files.writeString(
        directory.resolve("performance-compare.svg"),
        Chart.logBars(frame, busy.stream().map(Row::name).toList(), series).asFile());
  }
}
