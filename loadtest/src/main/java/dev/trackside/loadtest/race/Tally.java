package dev.trackside.loadtest.race;

import dev.trackside.loadtest.result.Latency;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** What all connections count together. Threads may share it. */
final class Tally {
  /** So that threads that record at the same time seldom meet. */
  private static final int STRIPES = 4;

  final AtomicInteger open = new AtomicInteger();
  final LongAdder connections = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder broken = new LongAdder();
  final LongAdder reconnects = new LongAdder();
  final LongAdder sent = new LongAdder();
  final LongAdder acknowledged = new LongAdder();
  final LongAdder delivered = new LongAdder();
  final LongAdder disordered = new LongAdder();
  final LongAdder vanishedEnded = new LongAdder();
  final Notes notes = new Notes();

  /** How late we were ourselves with what was due. */
  final LongAccumulator latenessMicros = new LongAccumulator(Math::max, 0);

  private final Recorder[] latencies = new Recorder[STRIPES];

  Tally() {
    for (int i = 0; i < STRIPES; i++) {
      latencies[i] = new Recorder(Latency.MOST_MICROS, Latency.DIGITS);
    }
  }

  /**
   * @param who any number that differs from connection to connection
   */
  void latency(int who, long micros) {
    latencies[who % STRIPES].recordValue(Math.clamp(micros, 0, Latency.MOST_MICROS));
  }

  /** Moves what was recorded since the last call into a histogram of its own. */
  Histogram takeLatencies() {
    Histogram all = Latency.histogram();
    for (Recorder part : latencies) {
      all.add(part.getIntervalHistogram());
    }
    return all;
  }
}
