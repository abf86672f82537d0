package dev.trackside.track;

import static java.util.Comparator.comparingLong;

import java.util.Comparator;

/**
 * A fix that a log accepted and numbered. Only a {@link TrackLog} makes positions. Immutable.
 *
 * @param seq the log's number; grows in order of arrival, for one runner and within one race
 * @param tMs the moment of the fix, epoch milliseconds, as {@link PhoneClock} reads the given time
 * @param arrivedMs when it arrived, epoch milliseconds of the server's clock
 * @param late whether its moment is older than the newest one's, which counts as no later than it
 *     arrived; then it belongs inside the track
 * @param previousSeq the number of the runner's position that arrived before it, or 0
 */
public record Position(
    Runner runner, long seq, long tMs, long arrivedMs, boolean late, Fix fix, long previousSeq) {
  public static final Comparator<Position> BY_SEQ = comparingLong(Position::seq);

  /** By moment, then by number. */
  public static final Comparator<Position> BY_TIME =
      comparingLong(Position::tMs).thenComparing(BY_SEQ);
}
