package dev.trackside.track;

import java.util.List;

/** Is told about a feed, one call at a time and in {@code seq} order. Must return at once. */
public interface Follower {
  /** All positions that arrived together, at least one. */
  void positions(List<Position> bunch);

  /** A runner was erased with all positions. */
  void erased(Runner runner);
}
