package dev.trackside.api;

import dev.trackside.track.Position;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Where a track is no line: nothing was recorded for a while, or a run ended. Immutable. */
record Breaks(long[] runEndsMs) {
  static final Duration SILENCE = Duration.ofMinutes(5);

  /**
   * @param runEndsMs the moments at which the runner ended a run, epoch milliseconds
   */
  static Breaks of(List<Long> runEndsMs) {
    return new Breaks(runEndsMs.stream().mapToLong(Long::longValue).sorted().distinct().toArray());
  }

  /** Whether a position and the next one belong to different lines. */
  boolean between(Position one, Position next) {
    return Math.abs(next.tMs() - one.tMs()) >= SILENCE.toMillis()
        || (runEndsMs.length > 0 && runOf(one.tMs()) != runOf(next.tMs()));
  }

  /** How many runs had ended before a moment. */
  private int runOf(long tMs) {
    int found = Arrays.binarySearch(runEndsMs, tMs);
    return found < 0 ? -found - 1 : found;
  }
}
