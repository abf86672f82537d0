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
 *
 * <p>They move when they leave the place of their rest, or cover ground around it, as on a track,
 * or on it, as on a treadmill: {@link Laps}. What it knows of a runner is a few numbers, and
 * depends on their fixes alone.
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
   * @param movement what the fixes say; not changed any more once the stay is noted
   * @param sinceMs when the stay began, epoch milliseconds
   * @param lastMs when the runner last reported, epoch milliseconds
   * @param moved whether the runner came from elsewhere
   * @param laps the ground that they cover around the place
   */
  private record Rest(
      Movement movement,
      double latDeg,
      double lonDeg,
      long sinceMs,
      long lastMs,
      boolean moved,
      Laps laps) {

    /** A stay where the runner is now, as far as is known. */
    static Rest begins(Movement movement, long sinceMs, boolean moved, long lastMs, Laps laps) {
      return new Rest(movement, movement.latDeg(), movement.lonDeg(), sinceMs, lastMs, moved, laps);
    }

    Rest withOwnMovement() {
      return new Rest(movement.copy(), latDeg, lonDeg, sinceMs, lastMs, moved, laps);
    }

    Activity activity() {
      if (lastMs - sinceMs < LONGEST.toMillis()) {
        return Activity.UNDER_WAY;
      }
      return moved ? Activity.OVER : Activity.NOT_YET;
    }

    /** Whether a fix is far enough from the place of rest. */
    boolean leaves(double metres, Fix fix) {
      double doubtM = Double.isNaN(fix.accuracyM()) ? 0 : Math.min(fix.accuracyM(), MOST_DOUBT_M);
      return metres > NEAR_M + doubtM;
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
    Rest now = before == null ? null : before.withOwnMovement();
    for (Fix fix : fixes) {
      long tMs = Math.min(PhoneClock.momentMs(fix.tMs(), nowMs), nowMs);
      if (now != null && tMs < now.lastMs) {
        activities.add(Activity.UNDER_WAY); // a backlog says nothing about the present
      } else {
        Rest next = next(now, fix, tMs);
        activities.add(mayLeave(next, fix) ? Activity.UNDER_WAY : next.activity());
        now = next;
      }
    }
    return now;
  }

  /** Whether a runner may be leaving their place with this fix, which the next ones will tell. */
  private static boolean mayLeave(Rest now, Fix fix) {
    double metres = Earth.metres(now.latDeg, now.lonDeg, fix.latDeg(), fix.lonDeg());
    return now.movement.mayBeAway() && now.leaves(metres, fix);
  }

  private static Rest next(@Nullable Rest before, Fix fix, long tMs) {
    if (before == null || tMs - before.lastMs > Runs.SILENCE_MS) {
      var movement = new Movement();
      movement.add(fix.latDeg(), fix.lonDeg(), tMs, fix.accuracyM());
      return Rest.begins(movement, tMs, false, tMs, Laps.from(movement));
    }
    Movement movement = before.movement;
    movement.add(fix.latDeg(), fix.lonDeg(), tMs, fix.accuracyM());
    Laps laps = before.laps.after(fix, movement, (tMs - before.lastMs) / 1e3);
    if (before.leaves(movement.metresFrom(before.latDeg, before.lonDeg), fix)) {
      return Rest.begins(movement, movement.sinceMs(), true, tMs, laps.anew());
    }
    return laps.areEnough()
        ? Rest.begins(movement, tMs, true, tMs, laps.anew())
        : new Rest(movement, before.latDeg, before.lonDeg, before.sinceMs, tMs, before.moved, laps);
  }

  void forget(Runner runner) {
    rests.remove(runner);
  }
}
