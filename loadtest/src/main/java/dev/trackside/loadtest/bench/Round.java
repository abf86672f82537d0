package dev.trackside.loadtest.bench;

import dev.trackside.loadtest.result.Gauge;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Plays one workload to one running server. */
final class Round implements AutoCloseable {
  private static final int OPENING_SECONDS = 120;
  private static final int DRAIN_SECONDS = 3;
  private static final long STUCK_MICROS = 500_000;
  private static final int BURST = 256;

  /** Per second, what every server can handle. */
  private static final double BRISK_DELIVERIES = 60_000;

  private static final double BRISK_POSITIONS = 5_000;

  private static final double MOST_FACTOR = 20;

  private final Workload work;
  private final Protocol protocol;
  private final Gauge gauge;
  private final ClientLoop loop;
  private final CountingClient.Count count;
  private final CountingClient[] spectators;
  private long sent;
  private long givenUp;
  private long turn;
  private long progress;
  private long progressMicros;

  Round(InetSocketAddress address, Gauge gauge, Protocol protocol, Workload work)
      throws IOException {
    this.work = work;
    this.protocol = protocol;
    this.gauge = gauge;
    this.count = new CountingClient.Count(work);
    this.loop = new ClientLoop(address);
    this.spectators = new CountingClient[work.spectators()];
  }

  Measurement play(Duration warmUp, Duration length) throws IOException {
    double rssBefore = gauge.rssMib();
    for (int i = 0; i < spectators.length; i++) {
      spectators[i] = new CountingClient(work, protocol, i % work.feeds(), count);
      loop.open(spectators[i]);
    }
    Soak.await(
        OPENING_SECONDS,
        work.spectators() + " connections were open",
        () -> loop.openNow() + count.ended >= spectators.length);
    if (count.ended > 0) {
      throw new IOException(count.ended + " connections of " + spectators.length + " failed");
    }
    WallClock.sleep(1_000);
    return work.idle() ? idle(rssBefore, length) : busy(warmUp, length);
  }

  private Measurement idle(double rssBefore, Duration length) {
    double cpu = gauge.cpuSeconds();
    WallClock.sleep(length.toMillis());
    double rss = gauge.rssMib();
    return new Measurement(
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

  private Measurement busy(Duration warmUp, Duration length) {
    long begin = WallClock.micros() + warmUp.toMillis() * 1_000;
    long end = begin + length.toMillis() * 1_000;
    if (work.saturated()) {
      loop.eachTurn(this::keepFull);
    }
    warmUp(begin, warmUp);
    loop.execute(() -> count.arrivals.begin(begin));
    double cpu = gauge.cpuSeconds();
    long bytes = loop.bytesRead();
    long sentBefore = sent;
    stretch(end, 1);
    cpu = gauge.cpuSeconds() - cpu;
    bytes = loop.bytesRead() - bytes;
    loop.eachTurn(() -> {});
    loop.execute(() -> count.arrivals.end(end));
    double rss = gauge.rssMib();
    drain();
    var arrivals = count.arrivals;
    long delivered = Math.max(1, arrivals.inTime());
    double seconds = length.toMillis() / 1e3;
    return new Measurement(
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

  /** Sends faster at first where no server is overwhelmed, since the JIT compiles hot code only. */
  private void warmUp(long untilMicros, Duration length) {
    double brisk = Math.min(BRISK_DELIVERIES / work.audience(), BRISK_POSITIONS);
    double factor = Math.clamp(brisk / work.perSecond(), 1, MOST_FACTOR);
    stretch(untilMicros - length.toMillis() * 1_000 / 4, factor);
    stretch(untilMicros, 1);
  }

  /** Sends what is due until a time; just waits if the workload is saturated. */
  private void stretch(long untilMicros, double factor) {
    if (work.saturated()) {
      WallClock.sleepUntil(untilMicros);
      return;
    }
    double step = 1e6 / (factor * work.perSecond());
    long from = WallClock.micros();
    for (long i = 0; ; i++) {
      long due = from + (long) (i * step);
      if (due >= untilMicros) {
        WallClock.sleepUntil(untilMicros);
        return;
      }
      WallClock.sleepUntil(due);
      send(due);
    }
  }

  /** Sends while the window has room. For the loop's thread. */
  private void keepFull() {
    long now = WallClock.micros();
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
        from.send(Frames.text(protocol.position(work, work.race() ? feed : from.feed(), micros)));
    if (taken) {
      sent++;
    }
    return taken;
  }

  private void drain() {
    long deadline = WallClock.micros() + DRAIN_SECONDS * 1_000_000L;
    while (count.arrivals.all() + count.arrivals.skipped() < sent * work.audience()
        && WallClock.micros() < deadline) {
      WallClock.sleep(20);
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
