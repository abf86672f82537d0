package dev.trackside.run;

import dev.trackside.track.Feed;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.TrackReader;
import java.util.List;
import java.util.Optional;

/**
 * A trail that is kept for a while. It is valid as long as the log has its oldest position, and can
 * be extended by what has arrived since. Safe for use by many threads.
 */
final class CachedTrail {
  /** The most positions by which the trail is extended. */
  private static final int LONGEST_TAIL = 600;

  private static final long LASTS_MS = 60_000;

  /** How long new positions that do not fit at the end may stay out of the trail. */
  private static final long RESTS_MS = 1_000;

  /** The first to arrive. The log drops positions in this order, so it has the others too. */
  private final Position oldest;

  private final Trail trail;
  private final long readMs;
  private volatile Trail newest;

  /**
   * @param run at least one position, ordered by moment
   */
  CachedTrail(List<Position> run, long nowMs) {
    oldest = run.stream().min(Position.BY_SEQ).orElseThrow();
    trail = Trail.of(run);
    readMs = nowMs;
    newest = trail;
  }

  /** The trail as it was read. */
  Trail trail() {
    return trail;
  }

  /** The trail as it is now, or empty if it has to be read again. */
  Optional<Trail> now(TrackReader log, long nowMs) {
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

  private boolean hasOldest(TrackReader log) {
    long tMs = oldest.tMs();
    List<Position> found = log.between(oldest.runner(), tMs, oldest.seq() - 1, tMs, 1);
    return !found.isEmpty() && found.getFirst().seq() == oldest.seq();
  }

  /** Whether nothing belongs before the newest positions, or follows a silence. */
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
