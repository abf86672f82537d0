package dev.trackside.log;

import dev.trackside.track.Capacity;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What makes positions durable. A store listens to {@link Newest} as its journal, so it is told
 * everything in {@code seq} order. Safe for use by many threads.
 */
public interface Store extends Capacity, AutoCloseable {
  /**
   * Completes once everything that the journal was told so far is durable; fails if it never will
   * be.
   *
   * @param soon whether somebody waits for it
   */
  CompletableFuture<Void> durable(boolean soon);

  /** Why nothing can be stored at present, as a sentence; empty if all is well. */
  Optional<String> trouble();

  /** Makes everything durable, if the disk accepts it, and ends. */
  @Override
  void close();
}
