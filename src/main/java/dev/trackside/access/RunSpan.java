package dev.trackside.access;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingLong;

import java.util.Comparator;

/**
 * When and where a run began and ended. Immutable.
 *
 * @param afterMs the last end of another run before it, of {@link RunEnd}, epoch milliseconds; 0
 *     for none
 */
public record RunSpan(long afterMs, Spot first, Spot last) {
  /** Runs in the order in which they were run. */
  public static final Comparator<RunSpan> IN_ORDER =
      comparingLong(RunSpan::afterMs).thenComparing(RunSpan::first);

  /** A moment and a place. Spots of one moment have an order, too, whichever arrived first. */
  public record Spot(long tMs, double latDeg, double lonDeg) implements Comparable<Spot> {
    private static final Comparator<Spot> IN_ORDER =
        comparingLong(Spot::tMs)
            .thenComparing(comparingDouble(Spot::latDeg))
            .thenComparing(comparingDouble(Spot::lonDeg));

    @Override
    public int compareTo(Spot other) {
      return IN_ORDER.compare(this, other);
    }
  }

  /** One run from the earlier beginning to the later end of both. */
  public RunSpan and(RunSpan other) {
    return new RunSpan(
        afterMs,
        first.compareTo(other.first) <= 0 ? first : other.first,
        last.compareTo(other.last) >= 0 ? last : other.last);
  }
}
