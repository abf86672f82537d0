package dev.trackside.loadtest.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Prints an outcome as a few lines of text. */
public final class Summary {
  private Summary() {}

  public static List<String> lines(Outcome outcome) {
    var lines = new ArrayList<String>();
    Counts counts = outcome.counts();
    lines.add(
        String.format(
            Locale.ROOT,
            "connections  %,d, %,d refused, %,d broken, %,d came back",
            counts.connections(),
            counts.refused(),
            counts.broken(),
            counts.reconnects()));
    lines.add(
        String.format(
            Locale.ROOT,
            "positions    %,d sent, %,d acknowledged",
            counts.sent(),
            counts.acknowledged()));
    lines.add(
        String.format(
            Locale.ROOT,
            "deliveries   %,d of %,d, %,d skipped, %,d lost, %,d twice, %,d out of order",
            counts.delivered(),
            counts.expected(),
            counts.skipped(),
            counts.lost(),
            counts.duplicates(),
            counts.disordered()));
    lines.add(latency(Latency.decode(outcome.latency())));
    ServerUse use = outcome.server();
    if (use != null) {
      lines.add(
          String.format(
              Locale.ROOT,
              "server       %.1f s of CPU, %.2f µs a delivery, %.0f MiB at the start, %.0f at most,"
                  + " %.0f at the end, %,d files, %,d threads%s",
              use.cpuSeconds(),
              use.microsPerDelivery(),
              use.rssStartMib(),
              use.rssMostMib(),
              use.rssEndMib(),
              use.descriptorsEnd(),
              use.threadsEnd(),
              Double.isNaN(use.heapAfterGcMib())
                  ? ""
                  : String.format(Locale.ROOT, ", %.1f MiB of heap in use", use.heapAfterGcMib())));
    }
    outcome.notes().forEach(note -> lines.add("note         " + note));
    outcome.failures().forEach(failure -> lines.add("FAILED       " + failure));
    if (outcome.failures().isEmpty()) {
      lines.add("passed       every threshold");
    }
    return lines;
  }

  private static String latency(Histogram latencies) {
    if (latencies.getTotalCount() == 0) {
      return "latency      nothing delivered";
    }
    return String.format(
        Locale.ROOT,
        "latency      p50 %.1f ms, p90 %.1f, p99 %.1f, p99.9 %.1f, most %.1f",
        Latency.percentileMs(latencies, 50),
        Latency.percentileMs(latencies, 90),
        Latency.percentileMs(latencies, 99),
        Latency.percentileMs(latencies, 99.9),
        Latency.percentileMs(latencies, 100));
  }
}
