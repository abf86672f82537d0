package dev.trackside.hub;

import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The newest positions of a feed, kept while somebody joins it. Owned by a lane. */
final class Tail {
  private static final int MOST = 1_024;

  private final ArrayDeque<Position> positions = new ArrayDeque<>();
  private final Map<Runner, Long> forgotten = new HashMap<>(2);
  private long droppedSeq;

  void add(Position position) {
    positions.add(position);
    forgotten.replace(position.runner(), Long.MAX_VALUE, position.seq() - 1);
    if (positions.size() > MOST) {
      droppedSeq = positions.remove().seq();
    }
  }

  /** Whether everything after {@code seq} is here, seen from somebody who read the log to it. */
  boolean covers(long seq) {
    return seq >= droppedSeq;
  }

  /**
   * The newest that is not here any more. A read that begins now finds it, or nobody may see it.
   */
  long droppedSeq() {
    return droppedSeq;
  }

  void forget(Runner runner) {
    positions.removeIf(position -> position.runner().equals(runner));
    forgotten.put(runner, Long.MAX_VALUE);
  }

  /** Whether a position that was read from the log has been erased since. */
  boolean isForgotten(Position position) {
    return position.seq() <= forgotten.getOrDefault(position.runner(), 0L);
  }

  /** Those after number {@code after}, up to and including {@code until}. */
  List<Position> between(long after, long until) {
    var found = new ArrayList<Position>();
    for (Position position : positions) {
      if (position.seq() > after && position.seq() <= until) {
        found.add(position);
      }
    }
    return found;
  }
}
