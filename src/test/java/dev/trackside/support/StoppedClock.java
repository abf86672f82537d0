package dev.trackside.support;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only when it is told to. */
public final class StoppedClock implements InstantSource {
  private volatile long nowMs;

  public StoppedClock(long nowMs) {
    this.nowMs = nowMs;
  }

  public void set(long ms) {
    nowMs = ms;
  }

  public void forward(Duration by) {
    set(nowMs + by.toMillis());
  }

  @Override
  public long millis() {
    return nowMs;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(nowMs);
  }
}
