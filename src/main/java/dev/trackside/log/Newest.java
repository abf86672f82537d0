package dev.trackside.log;

import static java.util.Comparator.comparingLong;

import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Follower;
import dev.trackside.track.Following;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import dev.trackside.track.Verdict;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The newest positions of everybody, in memory, and the one place where positions get their
 * numbers: it knows duplicates again, tells followers, and never keeps more than it was told. The
 * oldest position of a runner makes room for his newest, the oldest of all for anybody's.
 *
 * <p>Alone it is all there is ({@link MemoryTrackLog}). In front of a longer log it hands every
 * position to that log's journal, knows a runner's past only when it is told of it ({@link
 * RunnerPast}), and keeps what is not {@link #release released} yet. Safe for use by many threads.
 */
public final class Newest {
  /** How much is kept at most, of one runner and of all together. */
  public record Bounds(int ofRunner, int ofAll) {}

  /** The newest positions of each, and whether that is all that was asked for. */
  public record Latest(List<Position> positions, boolean all) {}

  /** Hears and does nothing. */
  static final Follower NOBODY =
      new Follower() {
        @Override
        public void positions(List<Position> bunch) {}

        @Override
        public void erased(Runner runner) {}
      };

  /** What is too many goes a little with each append, so that nobody waits for it long. */
  private static final int DROPPED_AT_ONCE = 4;

  private final InstantSource clock;
  private final LongSupplier numbers;
  private final Follower journal;
  private final OpenIds openIds;
  private final boolean alone;
  private final Tracks tracks;
  private final Memory memory;
  private final long firstSeq;
  private long lastSeq;
  private final Versions versions = new Versions();
  private Follower witness = NOBODY;

  /**
   * The front of a longer log.
   *
   * @param numbers gives growing numbers, none of them twice
   * @param journal is told everything in {@code seq} order, before any follower
   * @param openIds says who may have a first position, and is told whose last is gone
   */
  public Newest(
      InstantSource clock, LongSupplier numbers, Bounds bounds, Follower journal, OpenIds openIds) {
    this(clock, numbers, bounds, journal, openIds, false);
  }

  /**
   * @param alone whether it is all there is
   */
  Newest(
      InstantSource clock,
      LongSupplier numbers,
      Bounds bounds,
      Follower journal,
      OpenIds openIds,
      boolean alone) {
    this.clock = clock;
    this.numbers = numbers;
    this.journal = journal;
    this.openIds = openIds;
    this.alone = alone;
    this.tracks = new Tracks(alone);
    this.memory = new Memory(tracks, bounds, alone);
    this.firstSeq = numbers.getAsLong();
    this.lastSeq = firstSeq;
  }

  /** Every number that is given from now on is larger. */
  public long firstSeq() {
    return firstSeq;
  }

  /** Changes when what was looked up of a runner's past may be out of date. */
  public synchronized long version(Runner runner) {
    return versions.of(runner);
  }

  /** Changes when what was looked up of anybody's past may be out of date. */
  public synchronized long version() {
    return versions.ofAll();
  }

  private boolean canJudge(Runner runner, List<Fix> fixes) {
    RunnerTrack track = tracks.find(runner);
    if (alone || track == null || !track.isRecalled()) {
      return alone;
    }
    for (Fix fix : fixes) {
      if (fix.hasTime() && fix.tMs() <= track.newestMomentMs() && track.seqOf(fix) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Makes a runner's past known, unless it is already. */
  public synchronized void recall(Runner runner, RunnerPast past) {
    RunnerTrack track = tracks.open(runner, lastSeq + 1);
    if (!track.isRecalled()) {
      track.recall(past.newestTimeMs(), past.newestMomentMs());
      past.newest().forEach(position -> memory.keep(track, position));
      if (!past.newest().isEmpty()) {
        track.openFrom(past.newest().getFirst().seq() - 1);
      }
    }
  }

  /**
   * Makes the newest position of everyone in a race known, so that {@link #latestOf} can tell.
   *
   * @param version what {@link #version()} was before they were looked up
   */
  public synchronized void recall(String race, Map<Runner, RunnerPast> everyone, long version) {
    if (versions.ofAll() != version) {
      return;
    }
    everyone.forEach(
        (runner, past) -> {
          if (!past.newest().isEmpty()) {
            recall(runner, past);
          }
        });
    RaceTracks known = tracks.find(race);
    if (known != null) {
      known.whole = true;
      memory.makeRoom(everyone.size());
    }
  }

  /** The newest position of every runner in a race, if all of them are here. */
  public synchronized Optional<List<Position>> latestOf(String race) {
    RaceTracks known = tracks.find(race);
    return known != null && known.whole
        ? Optional.of(new FeedTracks(known.tracks.values(), known.floorSeq).latest(1).positions())
        : Optional.empty();
  }

  /** Takes back a position of a runner whose past is known, as it was before a restart. */
  public synchronized void restore(Position position) {
    memory.keep(tracks.open(position.runner(), lastSeq + 1), position);
  }

  /**
   * Judges fixes of one runner and gives the new ones their places, in the order given.
   *
   * @return nothing, and then nothing was done, when what is kept here is not enough to judge them
   * @throws java.io.UncheckedIOException when no number can be given, and then nothing was done
   */
  public synchronized Optional<List<Verdict>> append(Runner runner, List<Fix> fixes) {
    return canJudge(runner, fixes)
        ? Optional.of(append(runner, fixes, Map.of()))
        : Optional.empty();
  }

  /**
   * The same for a runner whose past was looked up.
   *
   * @return nothing, and then nothing was done, when {@code past} is out of date
   * @throws java.io.UncheckedIOException when no number can be given, and then nothing was done
   */
  public synchronized Optional<List<Verdict>> append(
      Runner runner, List<Fix> fixes, RunnerPast past) {
    if (versions.of(runner) != past.version()) {
      return Optional.empty();
    }
    recall(runner, past);
    return Optional.of(append(runner, fixes, past.duplicates()));
  }

  private List<Verdict> append(Runner runner, List<Fix> fixes, Map<Fix, Long> older) {
    RunnerTrack track = tracks.open(runner, lastSeq + 1);
    try {
      if (track.isBlank() && !openIds.admits(runner)) {
        return openIds.noRoomFor(runner, fixes.size());
      }
      Judgement judged =
          Judge.judge(
              fixes,
              fix -> older.containsKey(fix) ? older.get(fix) : track.seqOf(fix),
              clock.millis());
      Placement placed =
          Placement.of(runner, judged, track.newestTimeMs(), track.newestSeq(), this::nextSeq);
      if (!placed.positions().isEmpty()) {
        tell(track, placed.positions());
      }
      return placed.verdicts();
    } finally {
      memory.makeRoom(track, fixes.size() + DROPPED_AT_ONCE);
      if (track.isBlank()) {
        openIds.left(runner);
      }
      tracks.closeIfUnused(track);
    }
  }

  private long nextSeq() {
    lastSeq = numbers.getAsLong();
    return lastSeq;
  }

  private void tell(RunnerTrack track, List<Position> bunch) {
    witness.positions(bunch);
    bunch.forEach(position -> memory.keep(track, position));
    journal.positions(bunch);
    track.followers.forEach(follower -> follower.positions(bunch));
    RaceTracks race = tracks.raceOf(track);
    if (race != null) {
      race.followers.forEach(follower -> follower.positions(bunch));
    }
  }

  /** The longer log has everything up to this number: it may be dropped here. */
  public synchronized void release(long seq) {
    if (memory.release(seq)) {
      versions.touchAll();
    }
  }

  /**
   * A runner's positions up to this number are too old to be kept anywhere.
   *
   * @param last whether the longer log has no other of him
   */
  public synchronized void expire(Runner runner, long seq, boolean last) {
    versions.touch(runner);
    RunnerTrack track = tracks.find(runner);
    if (track != null) {
      memory.dropUntil(track, seq);
    }
    if (last && (track == null || track.size() == 0)) {
      openIds.left(runner);
    }
  }

  /** {@link dev.trackside.track.TrackLog#tellFirst}. */
  public synchronized void tellFirst(Follower first) {
    witness = first;
  }

  public synchronized Following follow(Feed feed, Follower follower) {
    switch (feed) {
      case Feed.One(Runner runner) -> tracks.open(runner, lastSeq + 1).followers.add(follower);
      case Feed.Race(String race) -> tracks.open(race, lastSeq + 1).followers.add(follower);
    }
    return () -> unfollow(feed, follower);
  }

  private synchronized void unfollow(Feed feed, Follower follower) {
    switch (feed) {
      case Feed.One(Runner runner) -> {
        RunnerTrack track = tracks.find(runner);
        if (track != null) {
          track.followers.remove(follower);
          tracks.closeIfUnused(track);
        }
      }
      case Feed.Race(String race) -> {
        RaceTracks known = tracks.find(race);
        if (known != null) {
          known.followers.remove(follower);
          tracks.closeIfUnused(race, known);
        }
      }
    }
  }

  /** What is kept of {@link TrackReader#latest}. */
  public synchronized Latest latest(Feed feed, int each) {
    return tracks.keptOf(feed).latest(each);
  }

  /** What is kept of {@link TrackReader#newest}. */
  public synchronized List<Position> newestOf(Collection<Runner> runners) {
    return runners.stream()
        .map(tracks::find)
        .filter(track -> track != null && track.size() > 0)
        .map(track -> track.at(track.size() - 1))
        .sorted(comparingLong(Position::seq))
        .toList();
  }

  /** {@link TrackReader#after}, as far as it can be told from what is kept. */
  public synchronized Page after(Feed feed, long seq, int limit) {
    FeedTracks found = tracks.keptOf(feed);
    boolean gone = seq != 0 && (seq < found.floorSeq() || seq > found.newestSeq());
    return gone ? new Page.Gone() : new Page.Next(found.after(seq, limit));
  }

  /** The positions after number {@code seq} that are kept, whatever is missing before them. */
  public synchronized List<Position> keptAfter(Feed feed, long seq, int limit) {
    return tracks.keptOf(feed).after(seq, limit);
  }

  /** The newest number in a feed, or 0. */
  public synchronized long newestSeq(Feed feed) {
    return tracks.keptOf(feed).newestSeq();
  }

  /** What is kept of {@link TrackReader#between}. */
  public synchronized List<Position> between(
      Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    RunnerTrack track = tracks.find(runner);
    return track == null ? List.of() : track.between(fromMs, fromSeq, toMs, limit);
  }

  /** Drops a runner with every position, and tells journal and followers. */
  public synchronized void forget(Runner runner) {
    versions.touch(runner);
    openIds.left(runner);
    witness.erased(runner);
    journal.erased(runner);
    RaceTracks race = tracks.raceOf(runner);
    RunnerTrack track = tracks.find(runner);
    if (track != null) {
      memory.forget(track);
      RunnerTrack empty = tracks.empty(track, lastSeq + 1);
      empty.followers.forEach(follower -> follower.erased(runner));
      tracks.closeIfUnused(empty);
    }
    if (race != null) {
      race.followers.forEach(follower -> follower.erased(runner));
    }
  }

  /** How many feeds somebody follows. */
  public synchronized int followed() {
    return tracks.followed();
  }

  /** How many runners and races take up room. */
  synchronized int known() {
    return tracks.size();
  }

  public synchronized void clear() {
    tracks.clear();
    memory.clear();
  }
}
