package dev.trackside.track;

import static java.util.Comparator.comparingLong;

import dev.trackside.track.TrackLog.Follower;
import dev.trackside.track.TrackLog.Following;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest positions of everybody, in memory, and the one place where positions get their
 * numbers: it knows duplicates again, tells followers, and never keeps more than it was told. The
 * oldest position of a runner makes room for his newest, the oldest of all for anybody's.
 *
 * <p>Alone it is all there is ({@link MemoryTrackLog}). In front of a longer log it hands every
 * position to that log's journal, knows a runner's past only after {@link #recall}, and keeps what
 * is not {@link #release released} yet. Safe for use by many threads.
 */
public final class Newest {
  /** How much is kept at most, of one runner and of all together. */
  public record Bounds(int ofRunner, int ofAll) {}

  /**
   * What a longer log knows of a runner's past.
   *
   * @param newest the positions that arrived last, in {@code seq} order, perhaps none
   * @param newestTimeMs the newest moment of any of his positions
   * @param newestMomentMs the newest moment that his phone gave, which may be a later one
   */
  public record Past(List<Position> newest, long newestTimeMs, long newestMomentMs) {
    public static final Past NONE = new Past(List.of(), Long.MIN_VALUE, Long.MIN_VALUE);
  }

  private static final long AHEAD_MS = Duration.ofMinutes(2).toMillis();

  private static final Follower NO_JOURNAL =
      new Follower() {
        @Override
        public void position(Position position) {}

        @Override
        public void erased(Runner runner) {}
      };

  private final InstantSource clock;
  private final LongSupplier numbers;
  private final Bounds bounds;
  private final Follower journal;
  private final boolean alone;
  private final Map<Runner, Track> tracks = new HashMap<>();
  private final Map<String, Race> races = new HashMap<>();
  private final TreeMap<Long, Track> byOldest = new TreeMap<>();
  private final long firstSeq;
  private long lastSeq;
  private long releasedSeq;
  private long erasures;
  private int kept;

  /** All there is. */
  Newest(InstantSource clock, LongSupplier numbers, Bounds bounds) {
    this(clock, numbers, bounds, NO_JOURNAL, true);
  }

  /**
   * The front of a longer log.
   *
   * @param numbers gives growing numbers, none of them twice
   * @param journal is told everything in {@code seq} order, before any follower
   */
  public Newest(InstantSource clock, LongSupplier numbers, Bounds bounds, Follower journal) {
    this(clock, numbers, bounds, journal, false);
  }

  private Newest(
      InstantSource clock, LongSupplier numbers, Bounds bounds, Follower journal, boolean alone) {
    this.clock = clock;
    this.numbers = numbers;
    this.bounds = bounds;
    this.journal = journal;
    this.alone = alone;
    this.firstSeq = numbers.getAsLong();
    this.lastSeq = firstSeq;
    this.releasedSeq = alone ? Long.MAX_VALUE : 0;
  }

  /** Every number that is given from now on is larger. */
  public long firstSeq() {
    return firstSeq;
  }

  /** Whether what is kept here is enough to know of each fix whether it is a duplicate. */
  public synchronized boolean canJudge(Runner runner, List<Fix> fixes) {
    Track track = tracks.get(runner);
    if (track == null || !track.isRecalled()) {
      return alone;
    }
    long newestMs = track.newestMomentMs();
    for (Fix fix : fixes) {
      if (fix.hasTime() && fix.tMs() <= newestMs && track.duplicateOf(fix) == null) {
        return alone;
      }
      newestMs = fix.hasTime() ? Math.max(newestMs, fix.tMs()) : newestMs;
    }
    return true;
  }

  /** How often somebody was forgotten. */
  public synchronized long erasures() {
    return erasures;
  }

  /**
   * Makes a runner's past known, unless it is already.
   *
   * @param erasures what {@link #erasures} was when the past was looked up
   * @return false when somebody was forgotten since: look again
   */
  public synchronized boolean recall(Runner runner, Past past, long erasures) {
    if (this.erasures != erasures) {
      return false;
    }
    Track track = tracks.computeIfAbsent(runner, this::open);
    if (!track.isRecalled()) {
      recall(track, past);
    }
    return true;
  }

  private void recall(Track track, Past past) {
    track.recall(past.newestTimeMs, past.newestMomentMs);
    past.newest.forEach(position -> keep(track, position));
    if (!past.newest.isEmpty()) {
      track.openFrom(past.newest.getFirst().seq() - 1);
    }
  }

  /** Takes back a position of a runner whose past is known, as it was before a restart. */
  public synchronized void restore(Position position) {
    keep(tracks.computeIfAbsent(position.runner(), this::open), position);
  }

  /**
   * Numbers fixes of one runner, in the order given.
   *
   * @param older those of them that are duplicates of what is not kept here, with its number
   * @throws java.io.UncheckedIOException when no number can be given
   */
  public synchronized List<Verdict> append(Runner runner, List<Fix> fixes, Map<Fix, Long> older) {
    Track track = tracks.computeIfAbsent(runner, this::open);
    try {
      var verdicts = new ArrayList<Verdict>(fixes.size());
      for (Fix fix : fixes) {
        Long known = older.get(fix);
        verdicts.add(known == null ? append(track, fix) : new Verdict.Duplicate(known));
      }
      return verdicts;
    } finally {
      closeIfUnused(track);
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
    if (track.size() > bounds.ofRunner() && track.oldestSeq() <= releasedSeq) {
      dropOldestOf(track);
    }
    if (kept > bounds.ofAll() && byOldest.firstKey() <= releasedSeq) {
      dropOldestOf(byOldest.firstEntry().getValue());
    }
    journal.position(position);
    track.followers.forEach(follower -> follower.position(position));
    Race race = raceOf(track.runner);
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

  private void dropOldestOf(Track track) {
    byOldest.remove(track.oldestSeq());
    track.dropOldest();
    kept--;
    Race race = raceOf(track.runner);
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
    closeIfUnused(track);
  }

  /** The longer log has everything up to this number: it may be dropped here. */
  public synchronized void release(long seq) {
    releasedSeq = seq;
  }

  /** A runner's positions up to this number are too old to be kept anywhere. */
  public synchronized void expire(Runner runner, long seq) {
    Track track = tracks.get(runner);
    while (track != null && track.size() > 0 && track.oldestSeq() <= seq) {
      dropOldestOf(track);
    }
  }

  private Track open(Runner runner) {
    var track = new Track(runner, lastSeq + 1, alone);
    if (!runner.race().isEmpty()) {
      raceNamed(runner.race()).tracks.put(runner, track);
    }
    return track;
  }

  private Race raceNamed(String name) {
    return races.computeIfAbsent(name, _ -> new Race(lastSeq + 1, alone));
  }

  private @Nullable Race raceOf(Runner runner) {
    return runner.race().isEmpty() ? null : races.get(runner.race());
  }

  /** Every runner of this race has been recalled: his newest position is here. */
  public synchronized void completed(String race) {
    raceNamed(race).whole = true;
  }

  /** Whether the newest position of every runner in a race is here. */
  public synchronized boolean isWhole(String race) {
    Race known = races.get(race);
    return known != null && known.whole;
  }

  public synchronized Following follow(Feed feed, Follower follower) {
    switch (feed) {
      case Feed.One(Runner runner) ->
          tracks.computeIfAbsent(runner, this::open).followers.add(follower);
      case Feed.Race(String race) -> raceNamed(race).followers.add(follower);
    }
    return () -> unfollow(feed, follower);
  }

  private synchronized void unfollow(Feed feed, Follower follower) {
    switch (feed) {
      case Feed.One(Runner runner) -> {
        Track track = tracks.get(runner);
        if (track != null) {
          track.followers.remove(follower);
          closeIfUnused(track);
        }
      }
      case Feed.Race(String race) -> {
        Race known = races.get(race);
        if (known != null) {
          known.followers.remove(follower);
          closeIfUnused(race, known);
        }
      }
    }
  }

  private void closeIfUnused(Track track) {
    if (track.size() > 0 || !track.followers.isEmpty()) {
      return;
    }
    tracks.remove(track.runner);
    Race race = raceOf(track.runner);
    if (race != null) {
      race.tracks.remove(track.runner);
      closeIfUnused(track.runner.race(), race);
    }
  }

  private void closeIfUnused(String name, Race race) {
    if (race.tracks.isEmpty() && race.followers.isEmpty()) {
      races.remove(name);
    }
  }

  private Kept keptOf(Feed feed) {
    return switch (feed) {
      case Feed.One(Runner runner) -> {
        Track track = tracks.get(runner);
        yield track == null ? Kept.NOTHING : new Kept(List.of(track), track.floorSeq());
      }
      case Feed.Race(String race) -> {
        Race known = races.get(race);
        yield known == null ? Kept.NOTHING : new Kept(known.tracks.values(), known.floorSeq);
      }
    };
  }

  /** What is kept of {@link TrackLog#latest}. */
  public synchronized List<Position> latest(Feed feed, int each) {
    return keptOf(feed).latest(each);
  }

  /** {@link TrackLog#after}, as far as it can be told from what is kept. */
  public synchronized Page after(Feed feed, long seq, int limit) {
    Kept found = keptOf(feed);
    boolean gone = seq != 0 && (seq < found.floorSeq() || seq > found.newestSeq());
    return gone ? new Page.Gone() : new Page.Next(found.after(seq, limit));
  }

  /** The positions after number {@code seq} that are kept, whatever is missing before them. */
  public synchronized List<Position> keptAfter(Feed feed, long seq, int limit) {
    return keptOf(feed).after(seq, limit);
  }

  /** The newest number in a feed, or 0. */
  public synchronized long newestSeq(Feed feed) {
    return keptOf(feed).newestSeq();
  }

  /** What is kept of {@link TrackLog#between}. */
  public synchronized List<Position> between(
      Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    Track track = tracks.get(runner);
    if (track == null) {
      return List.of();
    }
    return track.slice(0, track.size()).stream()
        .filter(p -> p.tMs() > fromMs || (p.tMs() == fromMs && p.seq() > fromSeq))
        .filter(p -> p.tMs() <= toMs)
        .sorted(comparingLong(Position::tMs).thenComparingLong(Position::seq))
        .limit(limit)
        .toList();
  }

  /** Drops a runner with every position, and tells journal and followers. */
  public synchronized void forget(Runner runner) {
    erasures++;
    journal.erased(runner);
    Track track = tracks.remove(runner);
    Race race = raceOf(runner);
    if (track != null) {
      if (track.size() > 0) {
        byOldest.remove(track.oldestSeq());
        kept -= track.size();
      }
      var empty = new Track(runner, lastSeq + 1, alone);
      empty.recall(Past.NONE.newestTimeMs, Past.NONE.newestMomentMs);
      empty.followers.addAll(track.followers);
      tracks.put(runner, empty);
      if (race != null) {
        race.tracks.put(runner, empty);
      }
      empty.followers.forEach(follower -> follower.erased(runner));
      closeIfUnused(empty);
    }
    if (race != null) {
      race.followers.forEach(follower -> follower.erased(runner));
    }
  }

  /** How many feeds somebody follows. */
  public synchronized int followed() {
    return (int)
        (tracks.values().stream().filter(track -> !track.followers.isEmpty()).count()
            + races.values().stream().filter(race -> !race.followers.isEmpty()).count());
  }

  /** How many runners and races take up room. */
  synchronized int known() {
    return tracks.size() + races.size();
  }

  public synchronized void clear() {
    tracks.clear();
    races.clear();
    byOldest.clear();
    kept = 0;
  }
}
