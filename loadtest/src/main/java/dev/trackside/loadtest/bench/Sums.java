package dev.trackside.loadtest.bench;

import dev.trackside.loadtest.result.Latency;
import org.HdrHistogram.Histogram;

/** What a crowd counts, on its listening thread; others may look at a number that is a bit old. */
final class Sums {
  final Histogram latencies = Latency.histogram();
  long delivered;
  long lost;

  /** Connections of those who had vanished, and were still open when they should not have been. */
  long overstayed;

  /** Connections of those who had vanished, and were ended by the server. */
  long thrownOut;

  long duplicates;
  long disordered;
  long skipped;
  long resets;
  long broken;
  long reconnects;
  String firstLost = "";

  void latency(long micros) {
    latencies.recordValue(Math.clamp(micros, 0, Latency.MOST_MICROS));
  }

  /** Whatever lies between these two numbers of a feed. */
  void lost(String feed, long last, long next) {
    long missing = next - last - 1;
    if (missing > 0) {
      lost += missing;
      if (firstLost.isEmpty()) {
        firstLost = feed + ", from " + (last + 1) + " to " + (next - 1);
      }
    }
  }
}
