package dev.trackside.loadtest.result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Merges the outcomes of several processes: adds counts and histograms, and aligns seconds by the
 * time when each process began. The percentiles of a second are the worst of the parts, since those
 * of the whole are not known. The server's use comes from the process that saw most of it.
 */
public final class Merge {
  private Merge() {}

  /**
   * Merges outcomes.
   *
   * @throws IllegalArgumentException when there are none
   */
  public static Outcome of(List<Outcome> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("there must be a result to merge");
    }
    long startedMs = parts.stream().mapToLong(Outcome::startedMs).min().orElseThrow();
    Counts counts = parts.stream().map(Outcome::counts).reduce(Counts::plus).orElseThrow();
    Histogram latencies = Latency.histogram();
    var seconds = new TreeMap<Integer, Second>();
    var failures = new ArrayList<String>();
    for (Outcome part : parts) {
      latencies.add(Latency.decode(part.latency()));
      int later = Math.toIntExact(Math.round((part.startedMs() - startedMs) / 1000.0));
      for (Second second : part.seconds()) {
        seconds.merge(second.at() + later, at(second, second.at() + later), Merge::together);
      }
      part.failures().stream().filter(one -> !failures.contains(one)).forEach(failures::add);
    }
    return new Outcome(
        parts.getFirst().target(),
        startedMs,
        plan(parts),
        counts,
        Latency.encode(latencies),
        List.copyOf(seconds.values()),
        server(parts, counts.delivered()),
        List.copyOf(failures),
        parts.stream().flatMap(part -> part.notes().stream()).toList());
  }

  /** The plan, with every value where the plans differ. */
  private static Map<String, String> plan(List<Outcome> parts) {
    var plan = new LinkedHashMap<String, String>();
    for (Outcome part : parts) {
      part.plan()
          .forEach(
              (name, words) ->
                  plan.merge(
                      name,
                      words,
                      (before, now) -> before.contains(now) ? before : before + " + " + now));
    }
    return plan;
  }

  private static Second at(Second second, int at) {
    return new Second(
        at,
        second.open(),
        second.sent(),
        second.delivered(),
        second.p50Ms(),
        second.p99Ms(),
        second.maxMs(),
        second.cores(),
        second.rssMib());
  }

  private static Second together(Second one, Second other) {
    return new Second(
        one.at(),
        one.open() + other.open(),
        one.sent() + other.sent(),
        one.delivered() + other.delivered(),
        worse(one.p50Ms(), other.p50Ms()),
        worse(one.p99Ms(), other.p99Ms()),
        worse(one.maxMs(), other.maxMs()),
        worse(one.cores(), other.cores()),
        worse(one.rssMib(), other.rssMib()));
  }

  private static double worse(double one, double other) {
    return Double.isNaN(one) || other > one ? other : one;
  }

  private static @Nullable ServerUse server(List<Outcome> parts, long delivered) {
    return parts.stream()
        .map(Outcome::server)
        .filter(use -> use != null)
        .max(Comparator.comparingDouble(ServerUse::cpuSeconds))
        .map(
            most ->
                new ServerUse(
                    most.cpuSeconds(),
                    delivered == 0 ? Double.NaN : most.cpuSeconds() * 1e6 / delivered,
                    most.rssStartMib(),
                    most.rssMostMib(),
                    most.rssEndMib(),
                    most.heapAfterGcMib(),
                    most.descriptorsEnd(),
                    most.threadsEnd()))
        .orElse(null);
  }
}
