package dev.trackside.log;

import dev.trackside.track.Fix;
import java.util.List;

/**
 * What {@link Judge} says of fixes that have no numbers yet. Not to be changed.
 *
 * @param nowMs when they arrived, epoch milliseconds
 * @param tMs the moment of each, epoch milliseconds
 * @param same 0 for a new fix; the number of the position that it repeats; or {@code ~i} when it
 *     repeats the {@code i}th of these
 */
public record Judgement(List<Fix> fixes, long nowMs, long[] tMs, long[] same) {
  /** Whether there is a new one among them. */
  public boolean hasNew() {
    for (long one : same) {
      if (one == 0) {
        return true;
      }
    }
    return false;
  }
}
