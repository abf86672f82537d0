package dev.trackside.loadtest.bench;

import dev.trackside.loadtest.result.Latency;
import org.HdrHistogram.Histogram;

/** The counts of a crowd. Written by the loop's thread; others may read stale values. */
final class CrowdCounts {
  final Histogram latencies = Latency.histogram();
  long delivered;
  long lost;

  /** Vanished connections that the server did not end in time. */
  long overstayed;

  /** Vanished connections that the server ended. */
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

  /** Counts the positions between two numbers of a feed as lost. */
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
