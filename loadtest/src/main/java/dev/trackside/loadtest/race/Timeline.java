package dev.trackside.loadtest.race;

import dev.trackside.loadtest.result.Gauge;
import dev.trackside.loadtest.result.Latency;
import dev.trackside.loadtest.result.Second;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Records a race second by second. For one thread. */
final class Timeline {
  private static final long NANOS = 1_000_000_000;

  private final Tally tally;
  private final @Nullable Gauge server;
  private final List<Second> seconds = new ArrayList<>();
  private final Histogram all = Latency.histogram();
  private long sent;
  private long delivered;
  private double cpuSeconds;
  private long atNanos = System.nanoTime();

  Timeline(Tally tally, @Nullable Gauge server) {
    this.tally = tally;
    this.server = server;
    this.cpuSeconds = server == null ? Double.NaN : server.cpuSeconds();
  }

  /** Ends the current second. */
  Second take() {
    Histogram latencies = tally.takeLatencies();
    all.add(latencies);
    long nowNanos = System.nanoTime();
    double passed = (nowNanos - atNanos) / 1e9;
    double cpu = server == null ? Double.NaN : server.cpuSeconds();
    long sentNow = tally.sent.sum();
    long deliveredNow = tally.delivered.sum();
    var second =
        new Second(
            seconds.size(),
            tally.open.get(),
            sentNow - sent,
            deliveredNow - delivered,
            Latency.percentileMs(latencies, 50),
            Latency.percentileMs(latencies, 99),
            Latency.percentileMs(latencies, 100),
            (cpu - cpuSeconds) / passed,
            server == null ? Double.NaN : server.rssMib());
    sent = sentNow;
    delivered = deliveredNow;
    cpuSeconds = cpu;
    atNanos = nowNanos;
    seconds.add(second);
    return second;
  }

  /** Whether the current second is over. */
  boolean isOver() {
    return System.nanoTime() - atNanos >= NANOS;
  }

  List<Second> list() {
    return seconds;
  }

  Histogram latencies() {
    return all;
  }
}
