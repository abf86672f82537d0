package dev.trackside.hub;

import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;

/** Where following begins: the past positions that come before the live ones. */
public sealed interface Start {
  /** How many of each runner's newest positions the trail has. */
  int each();

  /** Whether more of a runner is asked for than the newest position, even if that has come. */
  default boolean asksForMore() {
    return each() > 1;
  }

  /** With the trail. */
  record Recent(int each) implements Start {}

  /**
   * With everything after a number; when the log does not reach back to it, with a reset and the
   * trail.
   */
  record After(long seq, int each) implements Start {}
}
