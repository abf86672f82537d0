package dev.trackside.track;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The status of a runner, or of a race by its newest position. Times are epoch milliseconds.
 *
 * @param watching the number of followers, not counting those who publish as the runner
 * @param heardMs when they were last heard from, or 0
 * @param sosMs when they started to ask for help, or 0
 * @param finishedMs when their run ended, or 0
 * @param behind the number of fixes their phone has still to send
 */
public record Status(
    State state, int watching, long heardMs, long sosMs, long finishedMs, long behind) {
  public static final Status NOTHING = new Status(State.UNKNOWN, 0, 0, 0, 0, 0);

  public enum State {
    LIVE,
    QUIET,
    FINISHED,
    /** There is no position yet. */
    UNKNOWN
  }

  /**
   * The status at present.
   *
   * @param newest the position that arrived last, if any
   * @param quietAfter how long a runner without a sign of life counts as live
   */
  public static Status of(
      @Nullable Position newest,
      Condition condition,
      long nowMs,
      Duration quietAfter,
      int watching) {
    long heardMs = Math.max(newest == null ? 0 : newest.arrivedMs(), condition.contactMs());
    boolean lately = Math.abs(nowMs - heardMs) < quietAfter.toMillis(); // or the clock went back
    State state = lately ? State.LIVE : State.QUIET;
    if (newest == null) {
      state = State.UNKNOWN;
    } else if (condition.finishedMs() > 0) {
      state = State.FINISHED;
    }
    long behind = newest == null ? 0 : behind(newest);
    return new Status(state, watching, heardMs, condition.sosMs(), condition.finishedMs(), behind);
  }

  /** Whether there is nothing to tell: no position, no call for help, no end. */
  public boolean saysNothing() {
    return state == State.UNKNOWN && sosMs == 0 && finishedMs == 0;
  }

  /** The number of fixes the phone had still to send after this one. */
  public static long behind(Position position) {
    double queue = position.fix().queue();
    return Double.isNaN(queue) ? 0 : (long) queue;
  }
}
