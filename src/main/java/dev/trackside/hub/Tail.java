package dev.trackside.hub;

import dev.trackside.track.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The newest positions of a feed, kept while somebody joins it. Owned by a lane. */
final class Tail {
  private static final int MOST = 1_024;

  private final ArrayDeque<Position> positions = new ArrayDeque<>();
  private long droppedSeq;

  void add(Position position) {
    positions.add(position);
    if (positions.size() > MOST) {
      droppedSeq = positions.remove().seq();
    }
  }

  /** Whether everything after {@code seq} is here, seen from somebody who read the log to it. */
  boolean covers(long seq) {
    return seq >= droppedSeq;
  }

  /** How many there are from number {@code seq} on. */
  int countFrom(long seq) {
    return between(seq - 1, Long.MAX_VALUE).size();
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
