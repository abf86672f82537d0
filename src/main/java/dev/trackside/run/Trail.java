package dev.trackside.run;

import dev.trackside.track.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Where somebody has been in the present run. Immutable. The number identifies the trail, as long
 * as nothing of it is hidden or erased.
 *
 * @param seq the number up to which all positions are in the trail; 0 if it is empty
 * @param past the older positions, simplified, ordered by moment
 * @param newest the newest positions, not simplified, ordered by moment
 */
public record Trail(long seq, Points past, List<Position> newest) {
  public static final Trail NONE = new Trail(0, Points.NONE, List.of());

  /** The number of positions that are not simplified. */
  static final int RAW = 250;

  /** The trail of a run whose positions are ordered by moment. */
  static Trail of(List<Position> run) {
    long seq = run.stream().mapToLong(Position::seq).max().orElse(0);
    int old = Math.max(0, run.size() - RAW);
    // the line continues to the first of the newest
    List<Position> outline = Outline.of(run.subList(0, Math.min(run.size(), old + 1)));
    List<Position> past = old == 0 ? List.of() : outline.subList(0, outline.size() - 1);
    return new Trail(seq, Points.of(past), List.copyOf(run.subList(old, run.size())));
  }

  /** The newest positions and those that have arrived since, ordered by moment. */
  List<Position> newestAnd(List<Position> tail) {
    var all = new ArrayList<>(newest);
    all.addAll(tail);
    all.sort(Position.BY_TIME);
    return all;
  }

  /** This trail with longer {@link #newestAnd newest}, the oldest of which become past. */
  Trail with(List<Position> longer) {
    int old = Math.max(0, longer.size() - RAW);
    return new Trail(
        longer.stream().mapToLong(Position::seq).max().orElse(seq),
        past.and(Points.of(longer.subList(0, old))),
        List.copyOf(longer.subList(old, longer.size())));
  }

  /** The number of the first point, or 0. Changes when the log drops that position. */
  public long firstSeq() {
    return past.size() > 0 ? past.seq()[0] : isEmpty() ? 0 : newest.getFirst().seq();
  }

  public boolean isEmpty() {
    return newest.isEmpty();
  }
}
