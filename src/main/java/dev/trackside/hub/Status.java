package dev.trackside.hub;

import dev.trackside.track.Position;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a runner is, or everyone in a race by its newest position.
 *
 * @param watching how many follow, those not counted who publish as the runner
 * @param heardMs when he was last heard of, epoch milliseconds of the server, or 0
 * @param finishedMs when his run ended, epoch milliseconds, or 0
 * @param behind how many fixes his phone still holds back
 */
public record Status(State state, int watching, long heardMs, long finishedMs, long behind) {
  /** Live, quiet for longer than runners usually are, over, or never heard of. */
  public enum State {
    LIVE,
    QUIET,
    FINISHED,
    UNKNOWN
  }

  static Status of(
      @Nullable Position newest, long finishedMs, long nowMs, Duration quietAfter, int watching) {
    if (newest == null) {
      return new Status(State.UNKNOWN, watching, 0, finishedMs, 0);
    }
    boolean live = nowMs - newest.arrivedMs() < quietAfter.toMillis();
    State state = finishedMs > 0 ? State.FINISHED : live ? State.LIVE : State.QUIET;
    return new Status(state, watching, newest.arrivedMs(), finishedMs, behind(newest));
  }

  static long behind(Position position) {
    double queue = position.fix().queue();
    return Double.isNaN(queue) ? 0 : (long) queue;
  }
}
