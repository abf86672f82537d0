package dev.trackside.loadtest.report;

import dev.trackside.loadtest.result.Latency;
import dev.trackside.loadtest.result.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** The latencies of a race, from a histogram of microseconds. */
record Latencies(Histogram histogram) {
  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};
  private static final double STEPS_OF_A_DOUBLING = 2;

  /** One bar: the greatest latency in it, and the percentage of positions. */
  record Step(double toMs, double percent) {}

  static Latencies of(Outcome outcome) {
    return new Latencies(Latency.decode(outcome.latency()));
  }

  boolean any() {
    return histogram.getTotalCount() > 0;
  }

  double ms(double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1000.0;
  }

  List<List<String>> rows() {
    var rows = new ArrayList<List<String>>();
    for (double percentile : PERCENTILES) {
      String name = percentile == 100 ? "slowest" : Axis.words(percentile) + " %";
      rows.add(List.of(name, words(ms(percentile)) + " ms"));
    }
    return rows;
  }

  /** The distribution in steps, each 1.4 times the one before. */
  List<Step> steps() {
    var steps = new ArrayList<Step>();
    double factor = Math.pow(2, 1 / STEPS_OF_A_DOUBLING);
    double from = Math.max(100, histogram.getMinValue());
    double power = Math.ceil(Math.log(from) / Math.log(factor) - 1e-9);
    long below = -1;
    while (below < histogram.getMaxValue()) {
      double to = Math.pow(factor, power++);
      long upTo = (long) to;
      if (upTo <= below) {
        continue;
      }
      long count = histogram.getCountBetweenValues(below + 1, upTo);
      steps.add(new Step(to / 1000, 100.0 * count / histogram.getTotalCount()));
      below = histogram.highestEquivalentValue(upTo);
    }
    return steps;
  }

  static String words(double ms) {
    return ms < 10
        ? String.format(Locale.ROOT, "%.2f", ms)
        : String.format(Locale.ROOT, ms < 100 ? "%.1f" : "%,.0f", ms);
  }
}
