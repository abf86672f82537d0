package dev.trackside.track;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a runner is, or everyone in a race by its newest position.
 *
 * @param watching how many follow, those not counted who publish as the runner
 * @param heardMs when they were last heard of, epoch milliseconds of the server, or 0
 * @param sosMs since when they ask for help, epoch milliseconds, or 0
 * @param finishedMs when their run ended, epoch milliseconds, or 0
 * @param behind how many fixes their phone still holds back
 */
public record Status(
    State state, int watching, long heardMs, long sosMs, long finishedMs, long behind) {
  /** Nothing is known yet. */
  public static final Status NOTHING = new Status(State.UNKNOWN, 0, 0, 0, 0, 0);

  /** Live, quiet for longer than runners usually are, over, or never heard of. */
  public enum State {
    LIVE,
    QUIET,
    FINISHED,
    UNKNOWN
  }

  /**
   * How a runner is now.
   *
   * @param newest the position that arrived last, if there is one
   * @param quietAfter after how long without a sign of life a runner counts as quiet
   */
  public static Status of(
      @Nullable Position newest,
      Condition condition,
      long nowMs,
      Duration quietAfter,
      int watching) {
    long heardMs = Math.max(newest == null ? 0 : newest.arrivedMs(), condition.contactMs());
    boolean live = nowMs - heardMs < quietAfter.toMillis();
    State state;
    if (newest == null) {
      state = State.UNKNOWN;
    } else if (condition.finishedMs() > 0) {
      state = State.FINISHED;
    } else {
      state = live ? State.LIVE : State.QUIET;
    }
    long behind = newest == null ? 0 : behind(newest);
    return new Status(state, watching, heardMs, condition.sosMs(), condition.finishedMs(), behind);
  }

  /** Whether there is nothing to tell: no position, no sign of life, no end. */
  public boolean saysNothing() {
    return state == State.UNKNOWN && sosMs == 0 && finishedMs == 0;
  }

  /** How many fixes the phone held back when it sent this one. */
  public static long behind(Position position) {
    double queue = position.fix().queue();
    return Double.isNaN(queue) ? 0 : (long) queue;
  }
}
