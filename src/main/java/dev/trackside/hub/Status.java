package dev.trackside.hub;

import dev.trackside.track.Condition;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a runner is, or everyone in a race by its newest position.
 *
 * @param watching how many follow, those not counted who publish as the runner
 * @param heardMs when he was last heard of, epoch milliseconds of the server, or 0
 * @param sosMs since when he asks for help, epoch milliseconds, or 0
 * @param finishedMs when his run ended, epoch milliseconds, or 0
 * @param behind how many fixes his phone still holds back
 */
public record Status(
    State state, int watching, long heardMs, long sosMs, long finishedMs, long behind) {
  /** Nothing is known yet. */
  static final Status NOTHING = new Status(State.UNKNOWN, 0, 0, 0, 0, 0);

  /** Live, quiet for longer than runners usually are, over, or never heard of. */
  public enum State {
    LIVE,
    QUIET,
    FINISHED,
    UNKNOWN
  }

  /** What is known of a runner beside his positions; 0 for what is not. */
  record Beside(long contactMs, long sosMs, long finishedMs) {
    static final Beside NOTHING = new Beside(0, 0, 0);

    static Beside of(Runner runner, Condition condition) {
      return new Beside(
          condition.contactMs(runner), condition.sosMs(runner), condition.finishedMs(runner));
    }
  }

  static Status of(
      @Nullable Position newest, Beside beside, long nowMs, Duration quietAfter, int watching) {
    long heardMs = Math.max(newest == null ? 0 : newest.arrivedMs(), beside.contactMs);
    boolean live = nowMs - heardMs < quietAfter.toMillis();
    State state =
        newest == null
            ? State.UNKNOWN
            : beside.finishedMs > 0 ? State.FINISHED : live ? State.LIVE : State.QUIET;
    long behind = newest == null ? 0 : behind(newest);
    return new Status(state, watching, heardMs, beside.sosMs, beside.finishedMs, behind);
  }

  /** Whether there is nothing to tell: no position, no sign of life, no end. */
  boolean saysNothing() {
    return state == State.UNKNOWN && sosMs == 0 && finishedMs == 0;
  }

  static long behind(Position position) {
    double queue = position.fix().queue();
    return Double.isNaN(queue) ? 0 : (long) queue;
  }
}
