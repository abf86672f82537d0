package dev.trackside.track;

import dev.trackside.track.TrackLog.Follower;
import dev.trackside.track.TrackLog.Following;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The newest positions of everybody, in memory, and the one place where positions get their
 * numbers: it knows duplicates again, tells followers, and never keeps more than it was told. The
 * oldest position of a runner makes room for his newest, the oldest of all for anybody's.
 *
 * <p>Alone it is all there is ({@link MemoryTrackLog}). In front of a longer log it hands every
 * position to that log's journal, knows a runner's past only when it is told of it ({@link Known}),
 * and keeps what is not {@link #release released} yet. Safe for use by many threads.
 */
public final class Newest {
  /** How much is kept at most, of one runner and of all together. */
  public record Bounds(int ofRunner, int ofAll) {}

  /** The newest positions of each, and whether that is all that was asked for. */
  public record Latest(List<Position> positions, boolean all) {}

  private static final long AHEAD_MS = Duration.ofMinutes(2).toMillis();

  /** What is too many goes a little with each append, so that nobody waits for it long. */
  private static final int DROPPED_AT_ONCE = 4;

  private final InstantSource clock;
  private final LongSupplier numbers;
  private final Bounds bounds;
  private final Follower journal;
  private final Unclaimed unclaimed;
  private final boolean alone;
  private final Roster roster;
  private final TreeMap<Long, Track> byOldest = new TreeMap<>();
  private final long firstSeq;
  private long lastSeq;
  private long releasedSeq;
  private final Editions editions = new Editions();
  private int kept;

  /**
   * The front of a longer log.
   *
   * @param numbers gives growing numbers, none of them twice
   * @param journal is told everything in {@code seq} order, before any follower
   * @param unclaimed says who may have a first position, and is told whose last is gone
   */
  public Newest(
      InstantSource clock,
      LongSupplier numbers,
      Bounds bounds,
      Follower journal,
      Unclaimed unclaimed) {
    this(clock, numbers, bounds, journal, unclaimed, false);
  }

  /**
   * @param alone whether it is all there is
   */
  Newest(
      InstantSource clock,
      LongSupplier numbers,
      Bounds bounds,
      Follower journal,
      Unclaimed unclaimed,
      boolean alone) {
    this.clock = clock;
    this.numbers = numbers;
    this.bounds = bounds;
    this.journal = journal;
    this.unclaimed = unclaimed;
    this.alone = alone;
    this.roster = new Roster(alone);
    this.firstSeq = numbers.getAsLong();
    this.lastSeq = firstSeq;
    this.releasedSeq = alone ? Long.MAX_VALUE : 0;
  }

  /** Every number that is given from now on is larger. */
  public long firstSeq() {
    return firstSeq;
  }

  /** Changes when what was looked up of a runner's past may be out of date. */
  public synchronized long edition(Runner runner) {
    return editions.of(runner);
  }

  /** Changes when what was looked up of anybody's past may be out of date. */
  public synchronized long edition() {
    return editions.ofAll();
  }

  private boolean canJudge(Runner runner, List<Fix> fixes) {
    Track track = roster.find(runner);
    if (alone || track == null || !track.isRecalled()) {
      return alone;
    }
    long newestMs = track.newestMomentMs();
    for (Fix fix : fixes) {
      if (fix.hasTime() && fix.tMs() <= newestMs && track.duplicateOf(fix) == null) {
        return false;
      }
      newestMs = fix.hasTime() ? Math.max(newestMs, fix.tMs()) : newestMs;
    }
    return true;
  }

  /** Makes a runner's past known, unless it is already. */
  public synchronized void recall(Runner runner, Known past) {
    Track track = roster.open(runner, lastSeq + 1);
    if (!track.isRecalled()) {
      track.recall(past.newestTimeMs(), past.newestMomentMs());
      past.newest().forEach(position -> keep(track, position));
      if (!past.newest().isEmpty()) {
        track.openFrom(past.newest().getFirst().seq() - 1);
      }
    }
  }

  /**
   * Makes the newest position of everyone in a race known, so that {@link #latestOf} can tell.
   *
   * @param edition what {@link #edition()} was before they were looked up
   */
  public synchronized void recall(String race, Map<Runner, Known> everyone, long edition) {
    if (editions.ofAll() != edition) {
      return;
    }
    everyone.forEach(
        (runner, past) -> {
          if (!past.newest().isEmpty()) {
            recall(runner, past);
          }
        });
    Race known = roster.find(race);
    if (known != null) {
      known.whole = true;
      makeRoom(everyone.size());
    }
  }

  /** The newest position of every runner in a race, if all of them are here. */
  public synchronized Optional<List<Position>> latestOf(String race) {
    Race known = roster.find(race);
    return known != null && known.whole
        ? Optional.of(new Kept(known.tracks.values(), known.floorSeq).latest(1).positions())
        : Optional.empty();
  }

  /** Takes back a position of a runner whose past is known, as it was before a restart. */
  public synchronized void restore(Position position) {
    keep(roster.open(position.runner(), lastSeq + 1), position);
  }

  /**
   * Numbers fixes of one runner, in the order given.
   *
   * @return nothing, and then nothing was done, when what is kept here is not enough to judge them
   * @throws java.io.UncheckedIOException when no number can be given
   */
  public synchronized Optional<List<Verdict>> append(Runner runner, List<Fix> fixes) {
    return canJudge(runner, fixes)
        ? Optional.of(number(runner, fixes, Map.of()))
        : Optional.empty();
  }

  /**
   * Numbers fixes of one runner whose past was looked up.
   *
   * @return nothing, and then nothing was done, when {@code past} is out of date
   * @throws java.io.UncheckedIOException when no number can be given
   */
  public synchronized Optional<List<Verdict>> append(Runner runner, List<Fix> fixes, Known past) {
    if (editions.of(runner) != past.edition()) {
      return Optional.empty();
    }
    recall(runner, past);
    return Optional.of(number(runner, fixes, past.duplicates()));
  }

  private List<Verdict> number(Runner runner, List<Fix> fixes, Map<Fix, Long> older) {
    Track track = roster.open(runner, lastSeq + 1);
    try {
      if (track.isBlank() && !unclaimed.admits(runner)) {
        return unclaimed.noRoomFor(runner, fixes.size());
      }
      var verdicts = new ArrayList<Verdict>(fixes.size());
      for (Fix fix : fixes) {
        Long known = older.get(fix);
        verdicts.add(known == null ? append(track, fix) : new Verdict.Duplicate(known));
      }
      return verdicts;
    } finally {
      // Not before: the duplicate of what comes last may be the oldest that is kept.
      makeRoom(track, fixes.size() + DROPPED_AT_ONCE);
      if (track.isBlank()) {
        unclaimed.left(runner);
      }
      roster.closeIfUnused(track);
    }
  }

  private Verdict append(Track track, Fix fix) {
    Position known = track.duplicateOf(fix);
    if (known != null) {
      return new Verdict.Duplicate(known.seq());
    }
    long nowMs = clock.millis();
    long tMs = !fix.hasTime() || fix.tMs() > nowMs + AHEAD_MS ? nowMs : fix.tMs();
    boolean late = tMs < track.newestTimeMs();
    lastSeq = numbers.getAsLong();
    var position = new Position(track.runner, lastSeq, tMs, nowMs, late, fix, track.newestSeq());
    keep(track, position);
    journal.position(position);
    track.followers.forEach(follower -> follower.position(position));
    Race race = roster.raceOf(track);
    if (race != null) {
      race.followers.forEach(follower -> follower.position(position));
    }
    return late ? new Verdict.Late(position.seq()) : new Verdict.Accepted(position.seq());
  }

  private void keep(Track track, Position position) {
    if (track.size() == 0) {
      byOldest.put(position.seq(), track);
    }
    track.add(position);
    kept++;
  }

  private void makeRoom(Track track, int most) {
    for (int i = 0;
        i < most && track.size() > bounds.ofRunner() && track.oldestSeq() <= releasedSeq;
        i++) {
      dropOldestOf(track);
    }
    makeRoom(most);
  }

  private void makeRoom(int most) {
    for (int i = 0; i < most && kept > bounds.ofAll() && byOldest.firstKey() <= releasedSeq; i++) {
      dropOldestOf(byOldest.firstEntry().getValue());
    }
  }

  private void dropOldestOf(Track track) {
    byOldest.remove(track.oldestSeq());
    track.dropOldest();
    kept--;
    Race race = roster.raceOf(track);
    if (race != null) {
      race.floorSeq = Math.max(race.floorSeq, track.floorSeq());
    }
    if (track.size() > 0) {
      byOldest.put(track.oldestSeq(), track);
      return;
    }
    if (!alone) {
      track.unlearn();
      if (race != null) {
        race.whole = false;
      }
    }
    roster.closeIfUnused(track);
  }

  /** The longer log has everything up to this number: it may be dropped here. */
  public synchronized void release(long seq) {
    if (seq > releasedSeq) {
      releasedSeq = seq;
      editions.touchAll();
    }
  }

  /**
   * A runner's positions up to this number are too old to be kept anywhere.
   *
   * @param last whether the longer log has no other of him
   */
  public synchronized void expire(Runner runner, long seq, boolean last) {
    editions.touch(runner);
    Track track = roster.find(runner);
    while (track != null && track.size() > 0 && track.oldestSeq() <= seq) {
      dropOldestOf(track);
    }
    if (last && (track == null || track.size() == 0)) {
      unclaimed.left(runner);
    }
  }

  public synchronized Following follow(Feed feed, Follower follower) {
    switch (feed) {
      case Feed.One(Runner runner) -> roster.open(runner, lastSeq + 1).followers.add(follower);
      case Feed.Race(String race) -> roster.open(race, lastSeq + 1).followers.add(follower);
    }
    return () -> unfollow(feed, follower);
  }

  private synchronized void unfollow(Feed feed, Follower follower) {
    switch (feed) {
      case Feed.One(Runner runner) -> {
        Track track = roster.find(runner);
        if (track != null) {
          track.followers.remove(follower);
          roster.closeIfUnused(track);
        }
      }
      case Feed.Race(String race) -> {
        Race known = roster.find(race);
        if (known != null) {
          known.followers.remove(follower);
          roster.closeIfUnused(race, known);
        }
      }
    }
  }

  /** What is kept of {@link TrackLog#latest}. */
  public synchronized Latest latest(Feed feed, int each) {
    return roster.keptOf(feed).latest(each);
  }

  /** {@link TrackLog#after}, as far as it can be told from what is kept. */
  public synchronized Page after(Feed feed, long seq, int limit) {
    Kept found = roster.keptOf(feed);
    boolean gone = seq != 0 && (seq < found.floorSeq() || seq > found.newestSeq());
    return gone ? new Page.Gone() : new Page.Next(found.after(seq, limit));
  }

  /** The positions after number {@code seq} that are kept, whatever is missing before them. */
  public synchronized List<Position> keptAfter(Feed feed, long seq, int limit) {
    return roster.keptOf(feed).after(seq, limit);
  }

  /** The newest number in a feed, or 0. */
  public synchronized long newestSeq(Feed feed) {
    return roster.keptOf(feed).newestSeq();
  }

  /** What is kept of {@link TrackLog#between}. */
  public synchronized List<Position> between(
      Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    Track track = roster.find(runner);
    return track == null ? List.of() : track.between(fromMs, fromSeq, toMs, limit);
  }

  /** Drops a runner with every position, and tells journal and followers. */
  public synchronized void forget(Runner runner) {
    editions.touch(runner);
    unclaimed.left(runner);
    journal.erased(runner);
    Race race = roster.raceOf(runner);
    Track track = roster.find(runner);
    if (track != null) {
      if (track.size() > 0) {
        byOldest.remove(track.oldestSeq());
        kept -= track.size();
      }
      Track empty = roster.empty(track, lastSeq + 1);
      empty.followers.forEach(follower -> follower.erased(runner));
      roster.closeIfUnused(empty);
    }
    if (race != null) {
      race.followers.forEach(follower -> follower.erased(runner));
    }
  }

  /** How many feeds somebody follows. */
  public synchronized int followed() {
    return roster.followed();
  }

  /** How many runners and races take up room. */
  synchronized int known() {
    return roster.size();
  }

  public synchronized void clear() {
    roster.clear();
    byOldest.clear();
    kept = 0;
  }
}
