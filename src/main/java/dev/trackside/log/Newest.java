package dev.trackside.log;

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
import org.jspecify.annotations.Nullable;

/**
 * The newest positions of all runners, in memory, and the one place where positions get their
 * numbers: it recognizes duplicates and tells the followers.
 *
 * <p>It stands in front of a longer log: it hands every position to that log's journal, learns a
 * runner's past from it ({@link RunnerPast}), and keeps every position until it is {@link #release
 * released}. Safe for use by many threads.
 */
public final class Newest {
  /** The most positions that are kept, of one runner and of all together. */
  public record Bounds(int ofRunner, int ofAll) {}

  /** The newest positions of each runner, and whether these are as many as were asked for. */
  public record Latest(List<Position> positions, boolean all) {}

  private record Followed(long fromSeq, Runnable end) implements Following {
    @Override
    public void close() {
      end.run();
    }
  }

  /** Each append drops a few surplus positions, so that none takes long. */
  private static final int DROPPED_AT_ONCE = 4;

  private final InstantSource clock;
  private final LongSupplier numbers;
  private final LongSupplier next = this::nextSeq;
  private final Follower journal;
  private final OpenIds openIds;
  private final Tracks tracks = new Tracks();
  private final Memory memory;
  private final long firstSeq;
  private long lastSeq;
  private final Versions versions = new Versions();
  private @Nullable Follower witness;

  /**
   * @param numbers gives growing numbers, each once
   * @param journal is told everything in {@code seq} order, before any follower
   * @param openIds decides who may have a first position, and is told whose last is gone
   */
  public Newest(
      InstantSource clock, LongSupplier numbers, Bounds bounds, Follower journal, OpenIds openIds) {
    this.clock = clock;
    this.numbers = numbers;
    this.journal = journal;
    this.openIds = openIds;
    this.memory = new Memory(tracks, bounds);
    this.firstSeq = numbers.getAsLong();
    this.lastSeq = firstSeq;
  }

  /** Every position that is appended here has a larger number. */
  public long firstSeq() {
    return firstSeq;
  }

  /** Changes whenever a lookup of the runner's past may be out of date. */
  public synchronized long version(Runner runner) {
    return versions.of(runner);
  }

  /** Changes whenever a lookup of anybody's past may be out of date. */
  public synchronized long version() {
    return versions.ofAll();
  }

  private boolean canJudge(Runner runner, List<Fix> fixes) {
    RunnerTrack track = tracks.find(runner);
    if (track == null || !track.isRecalled()) {
      return false;
    }
    for (Fix fix : fixes) {
      if (fix.hasTime() && fix.tMs() <= track.newestGivenMs() && track.seqOf(fix) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Learns a runner's past, unless it is known already. */
  public synchronized void recall(Runner runner, RunnerPast past) {
    RunnerTrack track = tracks.open(runner, lastSeq + 1);
    if (!track.isRecalled()) {
      track.recall(past.newestTimeMs(), past.newestGivenMs());
      past.newest().forEach(position -> memory.keep(track, position));
      if (!past.newest().isEmpty()) {
        track.openFrom(past.newest().getFirst().seq() - 1);
      }
    }
  }

  /**
   * Learns the newest position of every runner in a race, for {@link #latestOf}.
   *
   * @param version what {@link #version()} was before the lookup
   */
  public synchronized void recall(Feed.Race race, Map<Runner, RunnerPast> all, long version) {
    if (versions.ofAll() != version) {
      return;
    }
    all.forEach(
        (runner, past) -> {
          if (!past.newest().isEmpty()) {
            recall(runner, past);
          }
        });
    Tracks.RaceTracks known = tracks.find(race.race());
    if (known != null) {
      known.whole = true;
      memory.makeRoom(all.size());
    }
  }

  /** The newest position of every runner in a race, if all of them are in memory. */
  public synchronized Optional<List<Position>> latestOf(Feed.Race race) {
    Tracks.RaceTracks known = tracks.find(race.race());
    return known != null && known.whole
        ? Optional.of(latest(race, 1).positions())
        : Optional.empty();
  }

  /** Takes back a position from before a restart. The runner's past is known. */
  public synchronized void restore(Position position) {
    memory.keep(tracks.open(position.runner(), lastSeq + 1), position);
  }

  /**
   * Judges fixes of one runner and numbers the new ones, in the given order.
   *
   * @param address what the sender is counted as, in sharing out unclaimed ids; null without limits
   * @return empty, without effect, if memory does not suffice to judge the fixes
   * @throws java.io.UncheckedIOException if no number can be reserved; without effect
   */
  public synchronized Optional<List<Verdict>> append(
      Runner runner, List<Fix> fixes, @Nullable Object address) {
    return canJudge(runner, fixes)
        ? Optional.of(append(runner, fixes, Map.of(), address))
        : Optional.empty();
  }

  /**
   * The same with a lookup of the runner's past.
   *
   * @return empty, without effect, if {@code past} is out of date
   * @throws java.io.UncheckedIOException if no number can be reserved; without effect
   */
  public synchronized Optional<List<Verdict>> append(
      Runner runner, List<Fix> fixes, RunnerPast past, @Nullable Object address) {
    if (versions.of(runner) != past.version()) {
      return Optional.empty();
    }
    recall(runner, past);
    return Optional.of(append(runner, fixes, past.duplicates(), address));
  }

  private List<Verdict> append(
      Runner runner, List<Fix> fixes, Map<Fix, Long> older, @Nullable Object address) {
    RunnerTrack track = tracks.open(runner, lastSeq + 1);
    try {
      if (track.isBlank() && !admits(runner, address)) {
        return openIds.noRoomFor(runner, fixes.size());
      }
      Judgement.Stored stored =
          older.isEmpty()
              ? track
              : fix -> older.containsKey(fix) ? older.get(fix) : track.seqOf(fix);
      Judgement judged = Judgement.of(fixes, stored, clock.millis());
      Placement placed =
          Placement.of(runner, judged, track.newestTimeMs(), track.newestSeq(), next);
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

  private boolean admits(Runner runner, @Nullable Object address) {
    Runner idlest = openIds.inTheWayOf(runner, address, this::newestSeq);
    if (idlest != null) {
      forget(idlest);
    }
    return openIds.admits(runner, address, lastSeq);
  }

  private long newestSeq(Runner runner) {
    RunnerTrack track = tracks.find(runner);
    return track == null || track.size() == 0 ? OpenIds.NOT_IN_MEMORY : track.newestSeq();
  }

  private long nextSeq() {
    lastSeq = numbers.getAsLong();
    return lastSeq;
  }

  private void tell(RunnerTrack track, List<Position> bunch) {
    if (witness != null) {
      witness.positions(bunch);
    }
    for (Position position : bunch) {
      memory.keep(track, position);
    }
    journal.positions(bunch);
    tell(track.followers, bunch);
    if (track.race != null) {
      tell(track.race.followers, bunch);
    }
  }

  private static void tell(List<Follower> followers, List<Position> bunch) {
    for (Follower follower : followers) {
      follower.positions(bunch);
    }
  }

  /** The longer log has everything up to this number, so it can be dropped here. */
  public synchronized void release(long seq) {
    if (memory.release(seq)) {
      versions.touchAll();
    }
  }

  /**
   * Drops a runner's positions up to this number, which are too old to be kept anywhere.
   *
   * @param last whether the longer log has no others of the runner
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

  /** {@link dev.trackside.track.TrackLog#showAnew}. */
  public synchronized void showAnew(Runner runner) {
    RunnerTrack track = tracks.find(runner);
    if (track != null) {
      track.followers.forEach(follower -> follower.shownAnew(runner));
    }
    Tracks.RaceTracks race = tracks.find(runner.race());
    if (race != null) {
      race.followers.forEach(follower -> follower.shownAnew(runner));
    }
  }

  public synchronized Following follow(Feed feed, Follower follower) {
    return switch (feed) {
      case Feed.One(Runner runner) -> {
        RunnerTrack track = tracks.open(runner, lastSeq + 1);
        track.followers.add(follower);
        yield new Followed(lastSeq, () -> unfollow(track, follower));
      }
      case Feed.Race(String name) -> {
        Tracks.RaceTracks race = tracks.open(name, lastSeq + 1);
        race.followers.add(follower);
        yield new Followed(lastSeq, () -> unfollow(race, follower));
      }
    };
  }

  private synchronized void unfollow(RunnerTrack track, Follower follower) {
    track.followers.remove(follower);
    tracks.closeIfUnused(track);
  }

  private synchronized void unfollow(Tracks.RaceTracks race, Follower follower) {
    race.followers.remove(follower);
    tracks.closeIfUnused(race);
  }

  /** The kept part of {@link TrackReader#latest}. */
  public synchronized Latest latest(Feed feed, int each) {
    return tracks.of(feed).latest(each);
  }

  /** The kept part of {@link TrackReader#newest}. */
  public synchronized List<Position> newestOf(Collection<Runner> runners) {
    return runners.stream()
        .map(tracks::find)
        .filter(track -> track != null && track.size() > 0)
        .map(track -> track.at(track.size() - 1))
        .sorted(Position.BY_SEQ)
        .toList();
  }

  /** {@link TrackReader#after}, answered from memory alone. */
  public synchronized Page after(Feed feed, long seq, int limit) {
    FeedTracks found = tracks.of(feed);
    boolean gone = seq != 0 && (seq < found.floorSeq() || seq > found.newestSeq());
    return gone ? new Page.Gone() : new Page.Next(found.after(seq, limit));
  }

  /** The kept positions after number {@code seq}, even if others before them are missing. */
  public synchronized List<Position> keptAfter(Feed feed, long seq, int limit) {
    return tracks.of(feed).after(seq, limit);
  }

  /** The newest number in a feed, or 0. */
  public synchronized long newestSeq(Feed feed) {
    return tracks.of(feed).newestSeq();
  }

  /** The kept part of {@link TrackReader#between}. */
  public synchronized List<Position> between(
      Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    RunnerTrack track = tracks.find(runner);
    return track == null ? List.of() : track.between(fromMs, fromSeq, toMs, limit);
  }

  /** Drops all positions of a runner, and tells the journal and the followers. */
  public synchronized void forget(Runner runner) {
    versions.touch(runner);
    openIds.left(runner);
    if (witness != null) {
      witness.erased(runner);
    }
    journal.erased(runner);
    Tracks.RaceTracks race = tracks.find(runner.race());
    RunnerTrack track = tracks.find(runner);
    if (track != null) {
      memory.clear(track, lastSeq + 1);
      track.followers.forEach(follower -> follower.erased(runner));
      tracks.closeIfUnused(track);
    }
    if (race != null) {
      race.followers.forEach(follower -> follower.erased(runner));
    }
  }

  /** The number of feeds that have followers. */
  public synchronized int followed() {
    return tracks.followed();
  }

  /** The number of runners and races that take up memory. */
  synchronized int known() {
    return tracks.size();
  }

  public synchronized void clear() {
    tracks.clear();
    memory.clear();
  }
}
