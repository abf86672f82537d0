package dev.trackside.run;

import dev.trackside.track.Feed;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.TrackReader;
import java.util.List;
import java.util.Optional;

/**
 * A trail that is kept, and is good as long as the log still has its oldest position and what has
 * arrived since fits on. Safe for use by many threads.
 */
final class CachedTrail {
  /** So many positions may come behind it. */
  private static final int LONGEST_TAIL = 600;

  private static final long LASTS_MS = 60_000;

  /** What cannot be fitted on waits as long: who follows gets it behind the trail's number. */
  private static final long RESTS_MS = 1_000;

  private final StoredTrail stored;
  private final Trail trail;
  private final long readMs;
  private volatile Trail newest;

  CachedTrail(StoredTrail stored, long nowMs) {
    this.stored = stored;
    trail = stored.trail();
    readMs = nowMs;
    newest = trail;
  }

  /** The trail as it is now, or nothing when it must be read anew. */
  Optional<Trail> now(TrackReader log, long nowMs) {
    if (nowMs - readMs > LASTS_MS || nowMs < readMs || !hasOldest(log)) {
      return Optional.empty();
    }
    var feed = new Feed.One(stored.runner());
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
  private boolean hasOldest(TrackReader log) {
    long oldestMs = stored.oldestMs();
    List<Position> there =
        log.between(stored.runner(), oldestMs, stored.oldestSeq() - 1, oldestMs, 1);
    return !there.isEmpty() && there.getFirst().seq() == stored.oldestSeq();
  }

  /**
   * Whether nothing that arrived is older than the oldest of the newest, or comes after a silence.
   */
  private boolean fits(List<Position> behind) {
    if (behind.getFirst().seq() != trail.newest().getFirst().seq()) {
      return false;
    }
    for (int i = 1; i < behind.size(); i++) {
      if (behind.get(i).tMs() - behind.get(i - 1).tMs() >= Runs.SILENCE_MS) {
        return false;
      }
    }
    return true;
  }
}
