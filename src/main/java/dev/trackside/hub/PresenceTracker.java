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

    /** The read of what is shown now, as long as that is not known. */
    @Nullable Object read;

    Status told = Status.NOTHING;

    /** Whether somebody who came was given another status than the others were told. */
    boolean owed;

    boolean isOtherThanTold(Status now) {
      return now.state() != told.state() || now.sosMs() != told.sosMs();
    }

    void tell(Status now) {
      told = now;
      owed = false;
    }
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
    boolean live = one.told.state() == Status.State.LIVE && one.read == null;
    one.read = null;
    boolean caughtUp = (one.told.behind() > 0) != (Status.behind(position) > 0);
    if (live && !caughtUp) {
      return List.of();
    }
    one.tell(statusOf(position.runner(), one));
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
          if (one.read != null) {
            return;
          }
          Status now = statusOf(runner, one);
          boolean otherState = one.owed || one.isOtherThanTold(now);
          boolean otherCounts =
              now.watching() != one.told.watching() || now.behind() != one.told.behind();
          if (otherState || (counts && otherCounts && !now.saysNothing())) {
            one.tell(now);
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
          if (one.read == null && !now.saysNothing()) {
            one.owed |= one.isOtherThanTold(now);
            all.add(new Notice.RunnerStatus(runner, now));
          }
        });
    return all;
  }

  private void forgetHidden() {
    known.keySet().removeIf(shown.negate());
  }

  /**
   * Forgets the newest position of a runner: it may be hidden now. Nothing is told of them until
   * what is shown has been read.
   *
   * @return the read
   */
  Object readsAnew(Runner runner) {
    var read = new Object();
    Known one = known.computeIfAbsent(runner, _ -> new Known());
    one.newest = null;
    one.read = read;
    return read;
  }

  /** Notes what a read has found, and returns the status to tell, if no later one is under way. */
  List<Notice> shownAnew(Runner runner, Object read, @Nullable Position newest) {
    Known one = known.get(runner);
    if (one == null || !read.equals(one.read)) {
      return List.of();
    }
    one.read = null;
    one.newest = newest;
    Status before = one.told;
    one.tell(statusOf(runner, one));
    boolean nothing = before.saysNothing() && one.told.saysNothing();
    return nothing ? List.of() : List.of(new Notice.RunnerStatus(runner, one.told));
  }

  void erased(Runner runner) {
    known.remove(runner);
  }

  private Status statusOf(Runner runner, Known one) {
    return statuses.of(new Feed.One(runner), one.newest);
  }
}
