package dev.trackside.history;

import java.time.Duration;

/**
 * How a log keeps positions.
 *
 * @param full whether a commit waits until the disk has it, so that a power cut loses nothing
 * @param gather how long a position may wait for others to be committed with it; five times longer
 *     if no sender waits for the result
 * @param keep how long a position is kept after its arrival; zero keeps it forever
 * @param keepUnclaimed the same for runners whom nobody has claimed; the shorter of the two counts
 */
public record KeepSettings(boolean full, Duration gather, Duration keep, Duration keepUnclaimed) {
  /** Keeps everything forever, and loses nothing. */
  public static final KeepSettings FOR_EVER =
      new KeepSettings(true, Duration.ofMillis(20), Duration.ZERO, Duration.ZERO);
}
