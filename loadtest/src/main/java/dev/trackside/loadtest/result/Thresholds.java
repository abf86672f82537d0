package dev.trackside.loadtest.result;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a race must achieve.
 *
 * @param p50 the greatest median latency; null for any, as for {@code p99} and {@code most}
 * @param lost the greatest number of lost positions, or {@link #ANY}, as for the other counts
 * @param acknowledgedPercent the least part of the positions sent that must be acknowledged
 */
public record Thresholds(
    @Nullable Duration p50,
    @Nullable Duration p99,
    @Nullable Duration most,
    long lost,
    long duplicates,
    long disordered,
    long refused,
    long broken,
    double acknowledgedPercent) {
  public static final long ANY = Long.MAX_VALUE;

  /** A sentence for each missed threshold. */
  public List<String> missed(Counts counts, Histogram latencies) {
    var missed = new ArrayList<String>();
    late(missed, "half", p50, Latency.percentileMs(latencies, 50));
    late(missed, "99%", p99, Latency.percentileMs(latencies, 99));
    late(missed, "all", most, Latency.percentileMs(latencies, 100));
    many(missed, "positions were lost", lost, counts.lost());
    many(missed, "positions came twice", duplicates, counts.duplicates());
    many(missed, "positions came out of order", disordered, counts.disordered());
    many(missed, "connections were refused", refused, counts.refused());
    many(missed, "connections broke", broken, counts.broken());
    double acknowledged = counts.sent() == 0 ? 100 : 100.0 * counts.acknowledged() / counts.sent();
    if (acknowledged < acknowledgedPercent) {
      missed.add(
          "%,d of %,d positions were acknowledged, at least %s%% expected"
              .formatted(counts.acknowledged(), counts.sent(), plain(acknowledgedPercent)));
    }
    if (counts.sent() == 0 && counts.delivered() == 0) {
      missed.add("nothing was sent and nothing arrived");
    }
    return missed;
  }

  private static void late(
      List<String> missed, String part, @Nullable Duration most, double foundMs) {
    if (most == null) {
      return;
    }
    if (Double.isNaN(foundMs)) {
      missed.add("nothing was delivered, so there is no latency to judge");
    } else if (foundMs > most.toNanos() / 1e6) {
      missed.add(
          String.format(
              Locale.ROOT,
              "%s were delivered within %.1f ms, at most %s ms allowed",
              part,
              foundMs,
              plain(most.toNanos() / 1e6)));
    }
  }

  private static void many(List<String> missed, String what, long most, long found) {
    if (found > most) {
      missed.add(String.format(Locale.ROOT, "%,d %s, at most %,d allowed", found, what, most));
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
