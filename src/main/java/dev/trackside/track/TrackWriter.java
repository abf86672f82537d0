package dev.trackside.track;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The one place where fixes become positions. Safe for use by many threads.
 *
 * <p>A fix is a duplicate if the same runner already has a position with the same {@link Fix#tMs},
 * latitude and longitude; a fix without a time never is. Every other fix gets a number ({@link
 * Position#seq}): numbers only grow, for one runner and within one race, and none is given twice.
 * The log decides where and on which thread it numbers; the numbers are known with the result.
 */
public interface TrackWriter extends Capacity {
  /**
   * Stores fixes of one runner, in the given order. Never waits.
   *
   * @param waits whether somebody waits for the result; otherwise it may take a little longer, so
   *     that more is stored at once
   * @return a verdict for each fix, completed once the accepted ones are durable; failed if the log
   *     could not store them, in which case any of them may be stored or not
   */
  CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes, boolean waits);

  /**
   * {@link #append(Runner, List, boolean)} of fixes from some address. A log that limits how many
   * unclaimed runners have positions shares them out fairly among addresses.
   *
   * @param address equal for all senders that share one; null for a sender without limits
   */
  default CompletionStage<List<Verdict>> append(
      Runner runner, List<Fix> fixes, boolean waits, @Nullable Object address) {
    return append(runner, fixes, waits);
  }

  /** {@link #append(Runner, List, boolean)} with somebody waiting. */
  default CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes) {
    return append(runner, fixes, true);
  }

  /** Whether a position would be the first of an unclaimed runner. Never waits. */
  boolean isNew(Runner runner);
}
