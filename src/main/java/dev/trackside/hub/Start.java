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

  /** The newest of each runner that the trail has, of the newest positions in {@code seq} order. */
  default List<Position> trailOf(List<Position> positions) {
    var counts = new HashMap<Runner, Integer>();
    var chosen = new ArrayDeque<Position>();
    for (Position position : positions.reversed()) {
      if (counts.merge(position.runner(), 1, Integer::sum) <= each()) {
        chosen.addFirst(position);
      }
    }
    return List.copyOf(chosen);
  }

  /** With the trail. */
  record Recent(int each) implements Start {}

  /**
   * With everything after a number; when the log does not reach back to it, with a reset and the
   * trail.
   */
  record After(long seq, int each) implements Start {}
}
