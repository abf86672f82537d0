package dev.trackside.http;

/**
 * How long the server has waited for a client's bytes, and how many it got. Safe for use by many
 * threads; there is one wait at a time.
 */
final class Lag {
  private static final long SECOND_NANOS = 1_000_000_000;

  private boolean waiting;
  private long sinceNanos;
  private long waitedNanos;
  private long bytes;

  synchronized void begin(long nowNanos) {
    if (!waiting) {
      waiting = true;
      sinceNanos = nowNanos;
    }
  }

  /** Counts bytes, whether the server waited for them or not. */
  synchronized void count(long more) {
    bytes += more;
  }

  synchronized void end(long nowNanos) {
    if (waiting) {
      waiting = false;
      waitedNanos += nowNanos - sinceNanos;
    }
  }

  /** Whether the server is waiting, and has waited for longer than the bytes allow. */
  synchronized boolean isTooLong(long nowNanos, EdgeLimits limits) {
    return waiting
        && waitedNanos + nowNanos - sinceNanos
            > limits.patience().toNanos()
                + (double) bytes * SECOND_NANOS / limits.slowestBytesASecond();
  }
}
