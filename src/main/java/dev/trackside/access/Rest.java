package dev.trackside.access;

import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds runners who have forgotten to end their run: who report on and do not move. Whoever is
 * silent for a while rests no longer: that may be the next run. Safe for use by many threads.
 */
final class Rest {
  private static final Duration LONGEST = Duration.ofHours(8);
  private static final Duration SILENCE = Duration.ofHours(2);
  private static final int NEAR_M = 150;
  private static final int MOST_DOUBT_M = 1_000;

  /** Where somebody rests: since when, and when he reported last, epoch milliseconds. */
  private record Place(Fix fix, long sinceMs, long lastMs) {}

  private final Map<Runner, Place> places = new ConcurrentHashMap<>();

  /** Takes note of fixes, and says whether the runner has rested for too long. */
  boolean isTooLong(Runner runner, List<Fix> fixes, long nowMs) {
    Place place =
        places.compute(
            runner,
            (_, before) -> {
              Place now = before;
              for (Fix fix : fixes) {
                now = next(now, fix, fix.hasTime() ? Math.min(fix.tMs(), nowMs) : nowMs);
              }
              return now;
            });
    return place != null && place.lastMs - place.sinceMs >= LONGEST.toMillis();
  }

  private static Place next(@Nullable Place before, Fix fix, long tMs) {
    if (before == null || tMs - before.lastMs > SILENCE.toMillis()) {
      return new Place(fix, tMs, tMs);
    }
    if (tMs < before.lastMs) {
      return before; // a backlog says nothing of now
    }
    double metres =
        Zone.metres(before.fix.latDeg(), before.fix.lonDeg(), fix.latDeg(), fix.lonDeg());
    double doubtM = Double.isNaN(fix.accuracyM()) ? 0 : Math.min(fix.accuracyM(), MOST_DOUBT_M);
    return metres > NEAR_M + doubtM
        ? new Place(fix, tMs, tMs)
        : new Place(before.fix, before.sinceMs, tMs);
  }

  void forget(Runner runner) {
    places.remove(runner);
  }
}
