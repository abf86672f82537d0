package dev.trackside.hub;

import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where in the log the positions of a trail are that have not been sent yet: 20 bytes for each, so
 * that a slow subscriber does not hold the positions themselves. Immutable.
 */
final class TrailRest {
  /** With a runner of its own for each. */
  private static final long BYTES_EACH = 100;

  private final TrackReader log;
  private final Runner[] runners;
  private final long[] timesMs;
  private final long[] seqs;

  /**
   * @param unsent in {@code seq} order
   */
  TrailRest(TrackReader log, List<Position> unsent) {
    this.log = log;
    runners = unsent.stream().map(Position::runner).toArray(Runner[]::new);
    timesMs = unsent.stream().mapToLong(Position::tMs).toArray();
    seqs = unsent.stream().mapToLong(Position::seq).toArray();
  }

  /** The last so many positions of each runner. */
  static List<Position> newestOfEach(List<Position> positions, int each) {
    var counts = new HashMap<Runner, Integer>();
    var chosen = new ArrayDeque<Position>();
    for (Position position : positions.reversed()) {
      if (counts.merge(position.runner(), 1, Integer::sum) <= each) {
        chosen.addFirst(position);
      }
    }
    return List.copyOf(chosen);
  }

  /** How much memory it takes. */
  long bytes() {
    return BYTES_EACH * seqs.length;
  }

  private int indexAfter(long seq) {
    int found = Arrays.binarySearch(seqs, seq);
    return found < 0 ? -found - 1 : found + 1;
  }

  /** The number up to which a runner's were sent; empty when all of theirs were. */
  OptionalLong sentSeq(Runner runner, long cursor) {
    for (int i = indexAfter(cursor); i < seqs.length; i++) {
      if (runners[i].equals(runner)) {
        return OptionalLong.of(seqs[i] - 1);
      }
    }
    return OptionalLong.empty();
  }

  boolean isEmptyAfter(long seq) {
    return indexAfter(seq) == seqs.length;
  }

  /**
   * Reads the next positions after a number; those that are not in the log any more are missing.
   */
  LogReads.Reading after(long seq, int most) {
    int from = indexAfter(seq);
    int to = Math.min(from + most, seqs.length);
    return () -> {
      var next = new ArrayList<Position>(to - from);
      for (int i = from; i < to; i++) {
        long wanted = seqs[i];
        log.between(runners[i], timesMs[i], wanted - 1, timesMs[i], 1).stream()
            .filter(position -> position.seq() == wanted)
            .forEach(next::add);
      }
      return new Page.Next(next);
    };
  }

  /** The number of the last position that {@link #after} reads. */
  long lastSeqAfter(long seq, int most) {
    return seqs[Math.min(indexAfter(seq) + most, seqs.length) - 1];
  }
}
