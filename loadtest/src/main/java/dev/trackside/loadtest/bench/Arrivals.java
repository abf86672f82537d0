package dev.trackside.loadtest.bench;

import dev.trackside.loadtest.result.Latency;
import org.HdrHistogram.Histogram;

/**
 * Counts the positions that arrive. Written by the clients' thread; others may read stale values.
 */
final class Arrivals {
  private long all;
  private long skipped;
  private long inTime;
  private long ofWindow;
  private long windowFrom = Long.MAX_VALUE;
  private long windowTo = Long.MAX_VALUE;
  private boolean recording;
  private final Histogram latencies = Latency.histogram();

  /** Counts a position that was sent at this time. */
  void arrived(long micros) {
    all++;
    if (recording) {
      inTime++;
    }
    if (micros >= windowFrom && micros < windowTo) {
      ofWindow++;
      latencies.recordValue(Math.clamp(WallClock.micros() - micros, 0, Latency.MOST_MICROS));
    }
  }

  /** Counts positions that were left out and announced. */
  void skipped(long many) {
    skipped += many;
  }

  long skipped() {
    return skipped;
  }

  /** Begins the window, whose positions count and are timed. */
  void begin(long fromMicros) {
    windowFrom = fromMicros;
    recording = true;
  }

  void end(long toMicros) {
    windowTo = toMicros;
    recording = false;
  }

  /** All positions that have arrived. */
  long all() {
    return all;
  }

  /** The positions that arrived in the window, whenever they were sent. */
  long inTime() {
    return inTime;
  }

  /** The positions that were sent in the window, whenever they arrived. */
  long ofWindow() {
    return ofWindow;
  }

  double percentileMs(double percentile) {
    return Latency.percentileMs(latencies, percentile);
  }
}
