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
 * Several processes' outcomes as one: histograms and counts are added, seconds aligned by when each
 * process began. A second's percentiles are the worst of the parts, for those of all together are
 * not to be had. What the server used is that of the process which saw most of it.
 */
public final class Merge {
  private Merge() {}

  /**
   * All of them as one.
   *
   * @throws IllegalArgumentException when there is none
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

  /** Where plans differ, the value of each. */
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

  private static @Nullable Use server(List<Outcome> parts, long delivered) {
    return parts.stream()
        .map(Outcome::server)
        .filter(use -> use != null)
        .max(Comparator.comparingDouble(Use::cpuSeconds))
        .map(
            most ->
                new Use(
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
