package dev.trackside;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's clock, which does not go back. While the system's clock has been set back, by up to
 * a day, it goes on at half the speed until the other has caught up, so that arrivals keep their
 * order and nobody counts as live who was silent. Follows any other change at once. Safe for use by
 * many threads.
 */
final class SteadyClock implements InstantSource {
  private static final long MOST_BACK_MS = Duration.ofDays(1).toMillis();
  private static final int NANOS_PER_SLOW_MS = 2_000_000;

  /** When the system's clock was found to be set back. */
  private record SetBack(long atMs, long nanos) {}

  private final InstantSource system;
  private final LongSupplier nanos;
  private final AtomicLong lastMs = new AtomicLong(Long.MIN_VALUE);
  private volatile @Nullable SetBack setBack;

  /**
   * @param nanos a clock that only elapses, {@link System#nanoTime}
   */
  SteadyClock(InstantSource system, LongSupplier nanos) {
    this.system = system;
    this.nanos = nanos;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public long millis() {
    long nowMs = system.millis();
    long last = lastMs.get();
    if (nowMs < last) {
      return behind(nowMs);
    }
    if (nowMs > last) {
      lastMs.accumulateAndGet(nowMs, Math::max);
      if (setBack != null) {
        setBack = null;
      }
    }
    return nowMs;
  }

  private synchronized long behind(long nowMs) {
    long last = lastMs.get();
    if (last - nowMs > MOST_BACK_MS) {
      setBack = null;
      lastMs.set(nowMs);
      return nowMs;
    }
    SetBack since = setBack;
    if (since == null) {
      since = new SetBack(last, nanos.getAsLong());
      setBack = since;
    }
    long slowMs = since.atMs + (nanos.getAsLong() - since.nanos) / NANOS_PER_SLOW_MS;
    return lastMs.accumulateAndGet(Math.max(slowMs, nowMs), Math::max);
  }
}
