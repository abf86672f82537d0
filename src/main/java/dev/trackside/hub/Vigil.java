package dev.trackside.hub;

import dev.trackside.track.Condition;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Watches over the runners of one feed: who is live, who has fallen quiet. Owned by a lane. */
final class Vigil {
  private static final int TICKS_BETWEEN_COUNTS = 5;

  /** A runner and how he is. */
  record Sign(Runner runner, Status status) {}

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
  private final Condition condition;
  private final Predicate<Runner> shown;
  private final Map<Runner, Known> known = new HashMap<>();
  private int ticks;

  Vigil(
      InstantSource clock,
      Duration quietAfter,
      Watchers watchers,
      Condition condition,
      Predicate<Runner> shown) {
    this.shown = shown;
    this.clock = clock;
    this.quietAfter = quietAfter;
    this.watchers = watchers;
    this.condition = condition;
  }

  /** Watches over a runner of whom there may be no position. */
  void expect(Runner runner) {
    known.put(runner, new Known(null, Status.NOTHING));
  }

  /** Takes note of a position; returns the runner's status when that changed it. */
  @Nullable Status heard(Position position) {
    Known before = known.get(position.runner());
    if (before == null || before.newest == null) {
      Status now = statusOf(position.runner(), position);
      known.put(position.runner(), new Known(position, now));
      return now;
    }
    if (position.seq() > before.newest.seq()) {
      before.newest = position;
    }
    Status.State live = before.told.state();
    boolean caughtUp = (before.told.behind() > 0) != (Status.behind(position) > 0);
    return live == Status.State.LIVE && !caughtUp ? null : retell(position.runner(), before);
  }

  /** What has changed since it was told: fallen quiet, over, help; now and then the counts. */
  List<Sign> tick() {
    forgetHidden();
    boolean counts = ++ticks % TICKS_BETWEEN_COUNTS == 0;
    var changed = new ArrayList<Sign>();
    for (var entry : known.entrySet()) {
      Known one = entry.getValue();
      Status now = statusOf(entry.getKey(), one.newest);
      boolean otherState = now.state() != one.told.state() || now.sosMs() != one.told.sosMs();
      boolean otherCounts =
          now.watching() != one.told.watching() || now.behind() != one.told.behind();
      if (otherState || (counts && otherCounts && !now.saysNothing())) {
        one.told = now;
        changed.add(new Sign(entry.getKey(), now));
      }
    }
    return changed;
  }

  List<Sign> all() {
    forgetHidden();
    return known.entrySet().stream()
        .map(one -> new Sign(one.getKey(), statusOf(one.getKey(), one.getValue().newest)))
        .filter(sign -> !sign.status.saysNothing())
        .toList();
  }

  /** Who was shown once need not be any more. */
  private void forgetHidden() {
    known.keySet().removeIf(shown.negate());
  }

  void erased(Runner runner) {
    known.remove(runner);
  }

  private Status retell(Runner runner, Known one) {
    one.told = statusOf(runner, one.newest);
    return one.told;
  }

  private Status statusOf(Runner runner, @Nullable Position newest) {
    int watching = watchers.of(new Feed.One(runner));
    var beside = Status.Beside.of(runner, condition);
    return Status.of(newest, beside, clock.millis(), quietAfter, watching);
  }
}
