package dev.trackside.run;

import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.Comparator;
import java.util.List;

/**
 * The trail of a run so far, in the one form in which it is kept, by memory or by a log: with the
 * position that tells whether it still holds. Immutable.
 *
 * @param oldestSeq the number of the position that arrived first of the run: while the log has it,
 *     it has the others too, for it drops them in this order
 * @param oldestMs the moment of that position, epoch milliseconds
 */
record StoredTrail(Runner runner, Trail trail, long oldestSeq, long oldestMs) {
  /**
   * The trail of a run.
   *
   * @param run at least one position, ordered by moment
   */
  static StoredTrail of(List<Position> run) {
    Position oldest = run.stream().min(Comparator.comparingLong(Position::seq)).orElseThrow();
    return new StoredTrail(oldest.runner(), Trail.of(run), oldest.seq(), oldest.tMs());
  }
}
