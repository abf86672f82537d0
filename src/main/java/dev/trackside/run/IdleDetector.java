package dev.trackside.run;

import dev.trackside.track.Earth;
import dev.trackside.track.Fix;
import dev.trackside.track.PhoneClock;
import dev.trackside.track.Runner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds runners who keep reporting without moving. If they have moved before, they forgot to end
 * their run; if not, they may have set up their phone the evening before. After a silence a runner
 * starts afresh, as it may be the next run. Safe for use by many threads.
 */
final class IdleDetector {
  private static final Duration LONGEST = Duration.ofHours(8);
  private static final int NEAR_M = 150;
  private static final int MOST_DOUBT_M = 1_000;

  /** What a runner is doing at a fix. */
  enum Activity {
    /** They move, or have not rested for too long yet. */
    UNDER_WAY,
    /** They have rested for too long, and have not moved before. */
    NOT_YET,
    /** They have rested for too long after a run. */
    OVER
  }

  /**
   * A stay in one place.
   *
   * @param sinceMs when it began, epoch milliseconds
   * @param lastMs when the runner last reported, epoch milliseconds
   * @param moved whether the runner came from elsewhere
   */
  private record Rest(Fix fix, long sinceMs, long lastMs, boolean moved) {
    Activity activity() {
      if (lastMs - sinceMs < LONGEST.toMillis()) {
        return Activity.UNDER_WAY;
      }
      return moved ? Activity.OVER : Activity.NOT_YET;
    }
  }

  /**
   * What some fixes say about a runner.
   *
   * @param activities one for each fix
   * @param note takes the fixes into account for later ones
   */
  record Finding(List<Activity> activities, Runnable note) {}

  private final Map<Runner, Rest> rests = new ConcurrentHashMap<>();

  /** Judges fixes. Changes nothing until {@link Finding#note} runs. */
  Finding judge(Runner runner, List<Fix> fixes, long nowMs) {
    var activities = new ArrayList<Activity>(fixes.size());
    Rest before = rests.get(runner);
    Rest after = after(before, fixes, nowMs, activities);
    return new Finding(
        activities,
        () ->
            rests.compute(
                runner,
                (_, now) ->
                    Objects.equals(now, before)
                        ? after
                        : after(now, fixes, nowMs, new ArrayList<>())));
  }

  private static @Nullable Rest after(
      @Nullable Rest before, List<Fix> fixes, long nowMs, List<Activity> activities) {
    Rest now = before;
    for (Fix fix : fixes) {
      long tMs = Math.min(PhoneClock.momentMs(fix.tMs(), nowMs), nowMs);
      boolean late = now != null && tMs < now.lastMs; // a backlog says nothing about the present
      now = late ? now : next(now, fix, tMs);
      activities.add(late || now == null ? Activity.UNDER_WAY : now.activity());
    }
    return now;
  }

  private static Rest next(@Nullable Rest before, Fix fix, long tMs) {
    if (before == null || tMs - before.lastMs > Runs.SILENCE_MS) {
      return new Rest(fix, tMs, tMs, false);
    }
    double metres =
        Earth.metres(before.fix.latDeg(), before.fix.lonDeg(), fix.latDeg(), fix.lonDeg());
    double doubtM = Double.isNaN(fix.accuracyM()) ? 0 : Math.min(fix.accuracyM(), MOST_DOUBT_M);
    return metres > NEAR_M + doubtM
        ? new Rest(fix, tMs, tMs, true)
        : new Rest(before.fix, before.sinceMs, tMs, before.moved);
  }

  void forget(Runner runner) {
    rests.remove(runner);
  }
}
