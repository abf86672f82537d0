package dev.trackside.hub;

import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The newest positions of a feed, kept while subscribers join it. Owned by a lane. */
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

  /** Whether a reader of the log up to {@code seq} finds everything after it here. */
  boolean covers(long seq) {
    return seq >= droppedSeq;
  }

  /** The newest number dropped. A read that begins now finds it, unless it is hidden. */
  long droppedSeq() {
    return droppedSeq;
  }

  /** Drops what arrived of a runner; the log is to be read for it. */
  void drop(Runner runner) {
    positions.removeIf(position -> position.runner().equals(runner));
  }

  void forget(Runner runner) {
    drop(runner);
    forgotten.put(runner, Long.MAX_VALUE);
  }

  /** Whether a position read from the log was erased after that. */
  boolean isForgotten(Position position) {
    return position.seq() <= forgotten.getOrDefault(position.runner(), 0L);
  }

  /** The positions after number {@code after}, up to and including {@code until}. */
  List<Position> between(long after, long until) {
    return positions.stream()
        .filter(position -> position.seq() > after && position.seq() <= until)
        .toList();
  }
}
