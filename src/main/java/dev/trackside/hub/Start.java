package dev.trackside.hub;

import dev.trackside.track.Position;
import java.util.List;

/** Where following begins: the past positions that come before the live ones. */
public sealed interface Start {
  /** A longer trail of a single runner is not read at once. */
  int LONGEST_AT_ONCE = 250;

  /** How many of each runner's newest positions the trail has. */
  int each();

  /** Whether more of a runner is asked for than the newest position, even if that has come. */
  default boolean asksForMore() {
    return each() > 1;
  }

  /** Whether the trail of a single runner is read on from its first position. */
  default boolean isLong() {
    return each() > LONGEST_AT_ONCE;
  }

  /** With the trail. */
  record Recent(int each) implements Start {}

  /**
   * With everything after a number; when the log does not reach back to it, with a reset and the
   * trail.
   */
  record After(long seq, int each) implements Start {}

  /**
   * With everything after a number, if it is still kept, and no less than the trail: for what has
   * been taken back.
   */
  record Again(long seq, int each) implements Start {
    /** The number after which everything comes, if these are the runner's newest positions. */
    long fromSeq(List<Position> newest) {
      if (newest.isEmpty()) {
        return seq;
      }
      long newestSeq = newest.getLast().seq();
      return each == 0 ? Math.min(seq, newestSeq) : Math.min(seq, newest.getFirst().seq() - 1);
    }
  }
}
