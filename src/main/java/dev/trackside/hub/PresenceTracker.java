package dev.trackside.hub;

import dev.trackside.track.Condition;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Watches over the runners of one feed: who is live, who has fallen quiet. Owned by a lane. */
final class PresenceTracker implements NoticeSource {
  private static final int TICKS_BETWEEN_COUNTS = 5;

  private static final class Known {
    @Nullable Position newest;
    Status told;

    Known(@Nullable Position newest, Status told) {
      this.newest = newest;
      this.told = told;
    }
  }

  private final InstantSource clock;
  private final Duration quietAfter;
  private final Watchers watchers;
  private final Condition.Source conditions;
  private final Predicate<Runner> shown;
  private final Map<Runner, Known> known = new HashMap<>();
  private int ticks;

  /**
   * Begins with nobody, but for the one runner of a feed of one.
   *
   * @param shown of whom may be told; who is not shown any longer is forgotten
   */
  PresenceTracker(
      Feed feed,
      InstantSource clock,
      Duration quietAfter,
      Watchers watchers,
      Condition.Source conditions,
      Predicate<Runner> shown) {
    this.clock = clock;
    this.quietAfter = quietAfter;
    this.watchers = watchers;
    this.conditions = conditions;
    this.shown = shown;
    if (feed instanceof Feed.One(Runner runner)) {
      known.put(runner, new Known(null, Status.NOTHING));
    }
  }

  @Override
  public List<Notice> heard(Position position) {
    Known before = known.get(position.runner());
    if (before == null || before.newest == null) {
      Status now = statusOf(position.runner(), position);
      known.put(position.runner(), new Known(position, now));
      return List.of(new Notice.RunnerStatus(position.runner(), now));
    }
    if (position.seq() > before.newest.seq()) {
      before.newest = position;
    }
    boolean live = before.told.state() == Status.State.LIVE;
    boolean caughtUp = (before.told.behind() > 0) != (Status.behind(position) > 0);
    if (live && !caughtUp) {
      return List.of();
    }
    before.told = statusOf(position.runner(), before.newest);
    return List.of(new Notice.RunnerStatus(position.runner(), before.told));
  }

  /** Those who have fallen quiet, finished, or ask for help; now and then the counts. */
  @Override
  public List<Notice> tick() {
    forgetHidden();
    boolean counts = ++ticks % TICKS_BETWEEN_COUNTS == 0;
    var changed = new ArrayList<Notice>();
    for (var entry : known.entrySet()) {
      Known one = entry.getValue();
      Status now = statusOf(entry.getKey(), one.newest);
      boolean otherState = now.state() != one.told.state() || now.sosMs() != one.told.sosMs();
      boolean otherCounts =
          now.watching() != one.told.watching() || now.behind() != one.told.behind();
      if (otherState || (counts && otherCounts && !now.saysNothing())) {
        one.told = now;
        changed.add(new Notice.RunnerStatus(entry.getKey(), now));
      }
    }
    return changed;
  }

  @Override
  public List<Notice> all() {
    forgetHidden();
    var all = new ArrayList<Notice>();
    known.forEach(
        (runner, one) -> {
          Status now = statusOf(runner, one.newest);
          if (!now.saysNothing()) {
            all.add(new Notice.RunnerStatus(runner, now));
          }
        });
    return all;
  }

  /** Who was shown once need not be any more. */
  private void forgetHidden() {
    known.keySet().removeIf(shown.negate());
  }

  @Override
  public void erased(Runner runner) {
    known.remove(runner);
  }

  private Status statusOf(Runner runner, @Nullable Position newest) {
    int watching = watchers.of(new Feed.One(runner));
    return Status.of(newest, conditions.of(runner), clock.millis(), quietAfter, watching);
  }
}
