package dev.trackside.track;

import java.util.Optional;

/** The log of all positions: it is written, and read as a whole. Safe for use by many threads. */
public interface TrackLog extends TrackReader, TrackWriter, AutoCloseable {
  /**
   * Tells a witness every position of everybody from now on, before any follower is told and before
   * any read returns it: what hides positions learns of them here. There is one at most.
   */
  void tellFirst(Follower witness);

  /** Erases a runner with every position, and tells the followers. Waits until it is for good. */
  void forget(Runner runner);

  /** Why nothing becomes durable at present, a sentence for people; empty when all is well. */
  Optional<String> trouble();

  @Override
  void close();
}
