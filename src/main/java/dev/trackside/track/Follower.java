package dev.trackside.track;

import java.util.List;

/** Receives a feed in {@code seq} order, one call at a time. Must return at once. */
public interface Follower {
  /** Receives all positions that arrived together, at least one. */
  void positions(List<Position> bunch);

  /** A runner was erased with all positions. */
  void erased(Runner runner);

  /**
   * Other positions of a runner are shown from now on: some that were not, or some no more. Nothing
   * is to be done where everything is seen.
   */
  default void shownAnew(Runner runner) {}
}
