package dev.trackside.loadtest.race;

import dev.trackside.loadtest.result.Latency;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** The counts of all connections. Thread-safe. */
final class Tally {
  /** Lets threads that record at the same time seldom contend. */
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

  /** How late the load test itself was. */
  final LongAccumulator latenessMicros = new LongAccumulator(Math::max, 0);

  private final Recorder[] latencies = new Recorder[STRIPES];

  Tally() {
    for (int i = 0; i < STRIPES; i++) {
      latencies[i] = new Recorder(Latency.MOST_MICROS, Latency.DIGITS);
    }
  }

  /**
   * Records a latency.
   *
   * @param who a number that differs between connections
   */
  void latency(int who, long micros) {
    latencies[who % STRIPES].recordValue(Math.clamp(micros, 0, Latency.MOST_MICROS));
  }

  /** The latencies since the last call. */
  Histogram takeLatencies() {
    Histogram all = Latency.histogram();
    for (Recorder part : latencies) {
      all.add(part.getIntervalHistogram());
    }
    return all;
  }
}
