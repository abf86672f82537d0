package dev.trackside.track;

import java.util.List;

/** Hears of a feed, one call at a time and in {@code seq} order. Must return at once. */
public interface Follower {
  /** Hears positions that arrived together, at least one; no other comes with them. */
  void positions(List<Position> bunch);

  /** Hears that a runner is gone with every position. */
  void erased(Runner runner);
}
