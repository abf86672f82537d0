package dev.trackside.history;

import java.time.Duration;

/**
 * How a log keeps what it is given.
 *
 * @param full whether a commit waits until the disk has it, so that a power cut loses nothing
 * @param gather how long a position that somebody wants stored may wait for others, to be committed
 *     together; five times longer when nobody waits for it
 * @param keep how long a position is kept, from its arrival; zero for ever
 * @param keepUnclaimed the same, where nobody has claimed the runner; the shorter of the two counts
 */
public record KeepSettings(boolean full, Duration gather, Duration keep, Duration keepUnclaimed) {
  /** For ever, and nothing is lost. */
  public static final KeepSettings FOR_EVER =
      new KeepSettings(true, Duration.ofMillis(20), Duration.ZERO, Duration.ZERO);
}
