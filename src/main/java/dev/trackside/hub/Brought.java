package dev.trackside.hub;

import dev.trackside.track.Position;
import dev.trackside.track.View;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a race's feed has brought of a runner: everything after a number, up to another.
 *
 * @param otherView the race's view, if it is not that of the runner's own feed
 * @param goesOn whether it owes what comes after that
 * @param had what former own feeds have brought besides
 * @param former what it had brought when it was followed before
 */
record Brought(
    long afterSeq,
    long untilSeq,
    @Nullable View otherView,
    boolean goesOn,
    Spans had,
    @Nullable Brought former) {
  /** Whether it brought a position, and does not owe it once more. */
  boolean covers(long seq) {
    return (seq > afterSeq && seq <= untilSeq)
        || (former != null && former.covers(seq) && !(goesOn && seq > untilSeq));
  }

  /** Whether an own feed that has ended brought it. */
  boolean had(long seq) {
    return had.cover(seq) || (former != null && former.had(seq));
  }

  /**
   * The number after which something comes that is still owed; −1 for nothing.
   *
   * @param shown the newest positions of the race's view
   */
  long owedSeq(List<Position> shown) {
    boolean reachesBack = !shown.isEmpty() && shown.getFirst().seq() <= untilSeq;
    OptionalLong first =
        shown.stream().mapToLong(Position::seq).filter(seq -> seq > untilSeq).findFirst();
    return first.isEmpty() ? -1 : reachesBack ? first.getAsLong() - 1 : untilSeq;
  }
}
