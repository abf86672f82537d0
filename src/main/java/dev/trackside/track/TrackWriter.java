package dev.trackside.track;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Where fixes become positions, and nowhere else. Safe for use by many threads.
 *
 * <p>A fix is judged first: it is a duplicate when the same runner already has a position with the
 * same {@link Fix#tMs}, latitude and longitude; one without a time never is. Then it gets its
 * place: numbers ({@link Position#seq}) only grow, for one runner and within one race, and none is
 * given twice. Where the order is made, and on which thread, is the log's own affair: the numbers
 * are known when the result is.
 */
public interface TrackWriter extends Capacity {
  /**
   * Stores fixes of one runner, in the order given. Never waits.
   *
   * @param waits whether somebody waits for the result; else it may come a little later, so that
   *     more is stored at once
   * @return a verdict for each fix, completed when the accepted ones are durable; failed when the
   *     log could not do it, and then nothing is promised of any of them
   */
  CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes, boolean waits);

  /** {@link #append(Runner, List, boolean)} of a sender who waits. */
  default CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes) {
    return append(runner, fixes, true);
  }

  /** Whether this would be the first of a runner whom nobody has claimed. Never waits. */
  boolean isNew(Runner runner);
}
