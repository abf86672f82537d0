package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tracks which runners of one feed are live, quiet or finished. Owned by a lane. */
final class PresenceTracker {
  private static final int TICKS_BETWEEN_COUNTS = 5;

  /** Computes the present status in a feed. Safe for use by many threads. */
  interface Statuses {
    Status of(Feed feed, @Nullable Position newest);
  }

  private static final class Known {
    @Nullable Position newest;
    Status told = Status.NOTHING;
  }

  private final Statuses statuses;
  private final Predicate<Runner> shown;
  private final Map<Runner, Known> known = new HashMap<>();
  private int ticks;

  /**
   * Creates a tracker that knows the runner of a feed of one, or nobody.
   *
   * @param shown which runners may be told of; a runner no longer shown is forgotten
   */
  PresenceTracker(Feed feed, Statuses statuses, Predicate<Runner> shown) {
    this.statuses = statuses;
    this.shown = shown;
    if (feed instanceof Feed.One(Runner runner)) {
      known.put(runner, new Known());
    }
  }

  /** Notes a position, and returns the status to tell for it, if any. */
  List<Notice> heard(Position position) {
    Known one = known.computeIfAbsent(position.runner(), _ -> new Known());
    Position newest = one.newest;
    if (newest == null || position.seq() > newest.seq()) {
      one.newest = position;
    }
    boolean live = one.told.state() == Status.State.LIVE;
    boolean caughtUp = (one.told.behind() > 0) != (Status.behind(position) > 0);
    if (live && !caughtUp) {
      return List.of();
    }
    one.told = statusOf(position.runner(), one);
    return List.of(new Notice.RunnerStatus(position.runner(), one.told));
  }

  /**
   * Returns the statuses to tell after another second: runners who have fallen quiet, finished or
   * asked for help, and every few seconds changed counts.
   */
  List<Notice> tick() {
    forgetHidden();
    boolean counts = ++ticks % TICKS_BETWEEN_COUNTS == 0;
    var changed = new ArrayList<Notice>();
    known.forEach(
        (runner, one) -> {
          Status now = statusOf(runner, one);
          boolean otherState = now.state() != one.told.state() || now.sosMs() != one.told.sosMs();
          boolean otherCounts =
              now.watching() != one.told.watching() || now.behind() != one.told.behind();
          if (otherState || (counts && otherCounts && !now.saysNothing())) {
            one.told = now;
            changed.add(new Notice.RunnerStatus(runner, now));
          }
        });
    return changed;
  }

  /** Returns every status, for a subscriber that has just come or has missed some. */
  List<Notice> all() {
    forgetHidden();
    var all = new ArrayList<Notice>();
    known.forEach(
        (runner, one) -> {
          Status now = statusOf(runner, one);
          if (!now.saysNothing()) {
            all.add(new Notice.RunnerStatus(runner, now));
          }
        });
    return all;
  }

  private void forgetHidden() {
    known.keySet().removeIf(shown.negate());
  }

  void erased(Runner runner) {
    known.remove(runner);
  }

  private Status statusOf(Runner runner, Known one) {
    return statuses.of(new Feed.One(runner), one.newest);
  }
}
