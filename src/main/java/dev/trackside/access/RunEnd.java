package dev.trackside.access;

/**
 * The end of a run, said by its runner. Whatever is from after {@code lastMs} belongs to another
 * run, and so does whatever is from after {@code endedMs}: of the time between, when the phone may
 * have had no coverage, it is not known.
 *
 * @param lastMs the newest moment that was known of the runner, epoch milliseconds; 0 for none
 * @param endedMs when they said it, epoch milliseconds; not before {@code lastMs}
 */
public record RunEnd(long lastMs, long endedMs) {
  public RunEnd {
    endedMs = Math.max(lastMs, endedMs);
  }
}
