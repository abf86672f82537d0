package dev.trackside.run;

import dev.trackside.track.Earth;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds runners who report on and do not move. Who has moved before has forgotten to end their run;
 * who has not may have set up their phone the evening before. Whoever is silent for a while begins
 * anew: that may be the next run. Safe for use by many threads.
 */
final class IdleDetector {
  private static final Duration LONGEST = Duration.ofHours(8);
  private static final int NEAR_M = 150;
  private static final int MOST_DOUBT_M = 1_000;

  /** How a runner is at a fix. */
  enum State {
    /** They move, or rest for not too long. */
    UNDER_WAY,
    /** They rest for too long, and have not moved before. */
    NOT_YET,
    /** They rest for too long after a run. */
    OVER
  }

  /**
   * Where somebody rests.
   *
   * @param sinceMs since when, and when they reported last, epoch milliseconds
   * @param moved whether they came there from elsewhere
   */
  private record Stay(Fix fix, long sinceMs, long lastMs, boolean moved) {
    State state() {
      if (lastMs - sinceMs < LONGEST.toMillis()) {
        return State.UNDER_WAY;
      }
      return moved ? State.OVER : State.NOT_YET;
    }
  }

  /**
   * What fixes say of a runner, as long as nobody has taken note of it.
   *
   * @param states one for each fix
   */
  record Finding(
      Runner runner,
      List<Fix> fixes,
      long nowMs,
      List<State> states,
      @Nullable Stay before,
      @Nullable Stay after) {}

  private final Map<Runner, Stay> stays = new ConcurrentHashMap<>();

  /** Says how a runner would be at each of these fixes. Changes nothing. */
  Finding judge(Runner runner, List<Fix> fixes, long nowMs) {
    var states = new ArrayList<State>(fixes.size());
    Stay before = stays.get(runner);
    Stay after = after(before, fixes, nowMs, states);
    return new Finding(runner, fixes, nowMs, states, before, after);
  }

  private static @Nullable Stay after(
      @Nullable Stay before, List<Fix> fixes, long nowMs, List<State> states) {
    Stay now = before;
    for (Fix fix : fixes) {
      long tMs = fix.hasTime() ? Math.min(fix.tMs(), nowMs) : nowMs;
      boolean late = now != null && tMs < now.lastMs; // a backlog says nothing of now
      now = late ? now : next(now, fix, tMs);
      states.add(late || now == null ? State.UNDER_WAY : now.state());
    }
    return now;
  }

  private static Stay next(@Nullable Stay before, Fix fix, long tMs) {
    if (before == null || tMs - before.lastMs > Runs.SILENCE_MS) {
      return new Stay(fix, tMs, tMs, false);
    }
    double metres =
        Earth.metres(before.fix.latDeg(), before.fix.lonDeg(), fix.latDeg(), fix.lonDeg());
    double doubtM = Double.isNaN(fix.accuracyM()) ? 0 : Math.min(fix.accuracyM(), MOST_DOUBT_M);
    return metres > NEAR_M + doubtM
        ? new Stay(fix, tMs, tMs, true)
        : new Stay(before.fix, before.sinceMs, tMs, before.moved);
  }

  /**
   * Takes note of what was found. Where something else was noted meanwhile it goes on from that.
   */
  void note(Finding found) {
    stays.compute(
        found.runner,
        (_, now) ->
            Objects.equals(now, found.before)
                ? found.after
                : after(now, found.fixes, found.nowMs, new ArrayList<>()));
  }

  void forget(Runner runner) {
    stays.remove(runner);
  }
}
