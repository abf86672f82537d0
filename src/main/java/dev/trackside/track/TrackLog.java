package dev.trackside.track;

import java.util.Optional;

/** The log of all positions, to write and to read. Safe for use by many threads. */
public interface TrackLog extends TrackReader, TrackWriter, AutoCloseable {
  /**
   * Tells a witness every position from now on, before any follower is told and before any read
   * returns it, so that it can decide what to hide. There is at most one witness.
   */
  void tellFirst(Follower witness);

  /** Tells the followers of a runner that other positions are shown from now on. */
  void showAnew(Runner runner);

  /** Erases a runner with all positions, and tells the followers. Waits until it is durable. */
  void forget(Runner runner);

  /** Why nothing can be stored at present, as a sentence; empty if all is well. */
  Optional<String> trouble();

  @Override
  void close();
}
