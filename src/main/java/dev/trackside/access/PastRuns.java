package dev.trackside.access;

import java.util.List;

/**
 * A runner's runs, as they were when the log had been read up to a number. It spares reading the
 * track from its beginning, and nothing else depends on it. Immutable.
 *
 * @param seq the number of the last position that was read, or 0
 * @param runs in the order of {@link RunSpan#IN_ORDER}
 */
public record PastRuns(long seq, List<RunSpan> runs) {
  public static final PastRuns NONE = new PastRuns(0, List.of());

  public PastRuns {
    runs = List.copyOf(runs);
  }
}
