package dev.trackside.trail;

import dev.trackside.track.Feed;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A trail that was read from the log, and is good as long as the log still has its oldest position
 * and what has arrived since fits on. Safe for use by many threads.
 */
final class Kept {
  /** So many positions may come behind it. */
  private static final int LONGEST_TAIL = 600;

  private static final long LASTS_MS = 60_000;

  /** What cannot be fitted on waits as long: who follows gets it behind the trail's number. */
  private static final long RESTS_MS = 1_000;

  private final Trail trail;
  private final long readMs;
  private final Position oldest;
  private volatile Trail newest;

  /**
   * @param run the positions of the trail, at least one, ordered by moment
   */
  Kept(List<Position> run, long nowMs) {
    trail = Trail.of(run);
    readMs = nowMs;
    oldest = run.stream().min(Comparator.comparingLong(Position::seq)).orElseThrow();
    newest = trail;
  }

  Trail trail() {
    return trail;
  }

  /** The trail as it is now, or nothing when it must be read anew. */
  Optional<Trail> now(TrackLog log, long nowMs) {
    if (nowMs - readMs > LASTS_MS || nowMs < readMs || !hasOldest(log)) {
      return Optional.empty();
    }
    var feed = new Feed.One(oldest.runner());
    if (!(log.after(feed, trail.seq(), LONGEST_TAIL + 1) instanceof Page.Next(var tail))) {
      return Optional.empty();
    }
    Trail last = newest;
    if (last.seq() == (tail.isEmpty() ? trail.seq() : tail.getLast().seq())) {
      return Optional.of(last);
    }
    if (tail.size() > LONGEST_TAIL) {
      return Optional.empty();
    }
    List<Position> behind = trail.newestAnd(tail);
    if (fits(behind)) {
      Trail longer = trail.with(behind);
      newest = longer;
      return Optional.of(longer);
    }
    return nowMs - readMs < RESTS_MS ? Optional.of(trail) : Optional.empty();
  }

  /** Positions are erased in the order of their arrival, or all at once. */
  private boolean hasOldest(TrackLog log) {
    Runner runner = oldest.runner();
    List<Position> there = log.between(runner, oldest.tMs(), oldest.seq() - 1, oldest.tMs(), 1);
    return !there.isEmpty() && there.getFirst().seq() == oldest.seq();
  }

  /**
   * Whether nothing that arrived is older than the oldest of the newest, or comes after a silence.
   */
  private boolean fits(List<Position> behind) {
    if (behind.getFirst().seq() != trail.newest().getFirst().seq()) {
      return false;
    }
    for (int i = 1; i < behind.size(); i++) {
      if (behind.get(i).tMs() - behind.get(i - 1).tMs() >= PresentRun.SILENCE_MS) {
        return false;
      }
    }
    return true;
  }
}
