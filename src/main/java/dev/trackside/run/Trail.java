package dev.trackside.run;

import dev.trackside.track.Position;
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

  /** The number of the first point, or 0. Changes when the log drops that position. */
  public long firstSeq() {
    return past.size() > 0 ? past.seq()[0] : isEmpty() ? 0 : newest.getFirst().seq();
  }

  public boolean isEmpty() {
    return newest.isEmpty();
  }
}
