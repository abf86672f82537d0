package dev.trackside.loadtest.bench;

import dev.trackside.loadtest.result.Gauge;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** One workload on one server that runs already. */
final class Round implements AutoCloseable {
  private static final int OPENING_SECONDS = 120;
  private static final int DRAIN_SECONDS = 3;
  private static final long STUCK_MICROS = 500_000;
  private static final int BURST = 256;

  /** In a second, what every server can make and take. */
  private static final double BRISK_DELIVERIES = 60_000;

  private static final double BRISK_POSITIONS = 5_000;

  private static final double MOST_FACTOR = 20;

  private final Workload work;
  private final Dialect dialect;
  private final Gauge gauge;
  private final Ears ears;
  private final Counting.Count count;
  private final Counting[] spectators;
  private long sent;
  private long givenUp;
  private long turn;
  private long progress;
  private long progressMicros;

  Round(InetSocketAddress address, Gauge gauge, Dialect dialect, Workload work) throws IOException {
    this.work = work;
    this.dialect = dialect;
    this.gauge = gauge;
    this.count = new Counting.Count(work);
    this.ears = new Ears(address);
    this.spectators = new Counting[work.spectators()];
  }

  Figures play(Duration warmUp, Duration length) throws IOException {
    double rssBefore = gauge.rssMib();
    for (int i = 0; i < spectators.length; i++) {
      spectators[i] = new Counting(work, dialect, i % work.feeds(), count);
      ears.open(spectators[i]);
    }
    Soak.await(
        OPENING_SECONDS,
        work.spectators() + " connections were open",
        () -> ears.openNow() + count.ended >= spectators.length);
    if (count.ended > 0) {
      throw new IOException(count.ended + " connections of " + spectators.length + " failed");
    }
    Clock.rest(1_000);
    return work.idle() ? idle(rssBefore, length) : busy(warmUp, length);
  }

  private Figures idle(double rssBefore, Duration length) {
    double cpu = gauge.cpuSeconds();
    Clock.rest(length.toMillis());
    double rss = gauge.rssMib();
    return new Figures(
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        0,
        0,
        Double.NaN,
        rss,
        (rss - rssBefore) * 1024 / spectators.length,
        100 * (gauge.cpuSeconds() - cpu) / (length.toMillis() / 1e3));
  }

  private Figures busy(Duration warmUp, Duration length) {
    long begin = Clock.micros() + warmUp.toMillis() * 1_000;
    long end = begin + length.toMillis() * 1_000;
    if (work.saturated()) {
      ears.eachTurn(this::keepFull);
    }
    warmUp(begin, warmUp);
    ears.execute(() -> count.arrivals.begin(begin));
    double cpu = gauge.cpuSeconds();
    long bytes = ears.bytesRead();
    long sentBefore = sent;
    stretch(end, 1);
    cpu = gauge.cpuSeconds() - cpu;
    bytes = ears.bytesRead() - bytes;
    ears.eachTurn(() -> {});
    ears.execute(() -> count.arrivals.end(end));
    double rss = gauge.rssMib();
    drain();
    var arrivals = count.arrivals;
    long delivered = Math.max(1, arrivals.inTime());
    double seconds = length.toMillis() / 1e3;
    return new Figures(
        cpu * 1e6 / delivered,
        arrivals.inTime() / seconds,
        arrivals.percentileMs(50),
        arrivals.percentileMs(99),
        Math.max(0, sent * work.audience() - arrivals.all() - arrivals.skipped()),
        arrivals.skipped(),
        (double) bytes / delivered,
        rss,
        Double.NaN,
        sentBefore == sent ? Double.NaN : 100 * cpu / seconds);
  }

  /**
   * A server's code is compiled by how often it has run, so what runs seldom is run more often at
   * first, where that does not overwhelm anybody.
   */
  private void warmUp(long untilMicros, Duration length) {
    double brisk = Math.min(BRISK_DELIVERIES / work.audience(), BRISK_POSITIONS);
    double factor = Math.clamp(brisk / work.perSecond(), 1, MOST_FACTOR);
    stretch(untilMicros - length.toMillis() * 1_000 / 4, factor);
    stretch(untilMicros, 1);
  }

  /** Sends what is due until then, or only waits. */
  private void stretch(long untilMicros, double factor) {
    if (work.saturated()) {
      Clock.until(untilMicros);
      return;
    }
    double step = 1e6 / (factor * work.perSecond());
    long from = Clock.micros();
    for (long i = 0; ; i++) {
      long due = from + (long) (i * step);
      if (due >= untilMicros) {
        Clock.until(untilMicros);
        return;
      }
      Clock.until(due);
      send(due);
    }
  }

  /** Sends while less is under way than may be; on the listening thread. */
  private void keepFull() {
    long now = Clock.micros();
    long arrived = count.arrivals.all();
    if (arrived != progress) {
      progress = arrived;
      progressMicros = now;
    }
    long expected = sent * work.audience() - givenUp;
    if (expected > arrived && now - progressMicros > STUCK_MICROS) {
      givenUp += expected - arrived;
      progressMicros = now;
    }
    for (int i = 0; i < BURST; i++) {
      boolean full = sent * work.audience() - givenUp >= arrived + work.window();
      if (full || !send(now)) {
        return;
      }
    }
  }

  private boolean send(long micros) {
    int feed = (int) (turn++ % work.feeds());
    var from = spectators[(int) ((turn - 1) % Math.min(spectators.length, work.feeds()))];
    boolean taken =
        from.send(Frames.text(dialect.position(work, work.race() ? feed : from.feed(), micros)));
    if (taken) {
      sent++;
    }
    return taken;
  }

  private void drain() {
    long deadline = Clock.micros() + DRAIN_SECONDS * 1_000_000L;
    while (count.arrivals.all() + count.arrivals.skipped() < sent * work.audience()
        && Clock.micros() < deadline) {
      Clock.rest(20);
    }
  }

  @Override
  public void close() {
    ears.close();
  }
}
