package dev.trackside.loadtest.bench;

import dev.trackside.loadtest.result.Latency;
import org.HdrHistogram.Histogram;

/**
 * What has arrived of what was sent. The listening thread counts, others read numbers a bit old.
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

  /** A position came whose moment is this one. */
  void arrived(long micros) {
    all++;
    if (recording) {
      inTime++;
    }
    if (micros >= windowFrom && micros < windowTo) {
      ofWindow++;
      latencies.recordValue(Math.clamp(Clock.micros() - micros, 0, Latency.MOST_MICROS));
    }
  }

  /** So many were left out, and said to be. */
  void skipped(long many) {
    skipped += many;
  }

  long skipped() {
    return skipped;
  }

  /** From here on what was sent before the end of the window counts, and how long it took. */
  void begin(long fromMicros) {
    windowFrom = fromMicros;
    recording = true;
  }

  void end(long toMicros) {
    windowTo = toMicros;
    recording = false;
  }

  /** Everything that has come. */
  long all() {
    return all;
  }

  /** What came between the beginning and the end, whenever it was sent. */
  long inTime() {
    return inTime;
  }

  /** What was sent between the beginning and the end, whenever it came. */
  long ofWindow() {
    return ofWindow;
  }

  double percentileMs(double percentile) {
    return Latency.percentileMs(latencies, percentile);
  }
}
