package dev.trackside.run;

import dev.trackside.track.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Where somebody has been in the present run. Immutable; of one number there is one trail, as long
 * as nothing of it is hidden or erased.
 *
 * @param seq everything that arrived up to this number is in it; 0 when there is nothing
 * @param past what is older than the newest, simplified, ordered by moment
 * @param newest the newest positions as they are, ordered by moment
 */
public record Trail(long seq, Points past, List<Position> newest) {
  /** Of somebody who has no positions. */
  public static final Trail NONE = new Trail(0, Points.NONE, List.of());

  /** How many of the newest are left as they are. */
  static final int RAW = 250;

  /** The trail of a run whose positions are ordered by moment. */
  static Trail of(List<Position> run) {
    long seq = run.stream().mapToLong(Position::seq).max().orElse(0);
    int old = Math.max(0, run.size() - RAW);
    // the line goes on to the first of the newest
    List<Position> outline = Outline.of(run.subList(0, Math.min(run.size(), old + 1)));
    List<Position> past = old == 0 ? List.of() : outline.subList(0, outline.size() - 1);
    return new Trail(seq, Points.of(past), List.copyOf(run.subList(old, run.size())));
  }

  /** The newest positions and what has arrived since, ordered by moment. */
  List<Position> newestAnd(List<Position> tail) {
    var all = new ArrayList<>(newest);
    all.addAll(tail);
    all.sort(PresentRun.BY_TIME);
    return all;
  }

  /** The same trail with longer {@link #newestAnd newest}: the oldest of them become past. */
  Trail with(List<Position> longer) {
    int old = Math.max(0, longer.size() - RAW);
    return new Trail(
        longer.stream().mapToLong(Position::seq).max().orElse(seq),
        past.and(Points.of(longer.subList(0, old))),
        List.copyOf(longer.subList(old, longer.size())));
  }

  /** The number of the point where it begins, or 0. It changes when that is kept no longer. */
  public long firstSeq() {
    return past.size() > 0 ? past.seq()[0] : isEmpty() ? 0 : newest.getFirst().seq();
  }

  public boolean isEmpty() {
    return newest.isEmpty();
  }
}
