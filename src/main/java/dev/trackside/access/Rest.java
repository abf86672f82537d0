package dev.trackside.access;

import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds runners who report on and do not move. Who has moved before has forgotten to end his run;
 * who has not may have set up his phone the evening before. Whoever is silent for a while begins
 * anew: that may be the next run. Safe for use by many threads.
 */
final class Rest {
  private static final Duration LONGEST = Duration.ofHours(8);
  private static final Duration SILENCE = Duration.ofHours(2);
  private static final int NEAR_M = 150;
  private static final int MOST_DOUBT_M = 1_000;

  /** How a runner is at a fix. */
  enum State {
    /** He moves, or rests for not too long. */
    UNDER_WAY,
    /** He rests for too long, and has not moved before. */
    NOT_YET,
    /** He rests for too long after a run. */
    OVER
  }

  /**
   * Where somebody rests.
   *
   * @param sinceMs since when, and when he reported last, epoch milliseconds
   * @param moved whether he came there from elsewhere
   */
  private record Place(Fix fix, long sinceMs, long lastMs, boolean moved) {
    State state() {
      if (lastMs - sinceMs < LONGEST.toMillis()) {
        return State.UNDER_WAY;
      }
      return moved ? State.OVER : State.NOT_YET;
    }
  }

  private final Map<Runner, Place> places = new ConcurrentHashMap<>();

  /** Takes note of fixes, and says how the runner was at each. */
  List<State> note(Runner runner, List<Fix> fixes, long nowMs) {
    var states = new ArrayList<State>(fixes.size());
    places.compute(
        runner,
        (_, before) -> {
          Place now = before;
          for (Fix fix : fixes) {
            long tMs = fix.hasTime() ? Math.min(fix.tMs(), nowMs) : nowMs;
            boolean late = now != null && tMs < now.lastMs; // a backlog says nothing of now
            now = late ? now : next(now, fix, tMs);
            states.add(late || now == null ? State.UNDER_WAY : now.state());
          }
          return now;
        });
    return states;
  }

  private static Place next(@Nullable Place before, Fix fix, long tMs) {
    if (before == null || tMs - before.lastMs > SILENCE.toMillis()) {
      return new Place(fix, tMs, tMs, false);
    }
    double metres =
        Zone.metres(before.fix.latDeg(), before.fix.lonDeg(), fix.latDeg(), fix.lonDeg());
    double doubtM = Double.isNaN(fix.accuracyM()) ? 0 : Math.min(fix.accuracyM(), MOST_DOUBT_M);
    return metres > NEAR_M + doubtM
        ? new Place(fix, tMs, tMs, true)
        : new Place(before.fix, before.sinceMs, tMs, before.moved);
  }

  void forget(Runner runner) {
    places.remove(runner);
  }
}
