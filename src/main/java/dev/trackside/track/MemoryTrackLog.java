package dev.trackside.track;

import static java.util.Comparator.comparingLong;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A log that is gone when the process ends, and never keeps more than it was told: the oldest
 * position of a runner makes room for his newest, the oldest of all for anybody's. What arrives is
 * as durable at once as it will ever be.
 */
public final class MemoryTrackLog implements TrackLog {
  /** How much is kept at most, of one runner and of all together. */
  public record Bounds(int ofRunner, int ofAll) {
    public static final Bounds USUAL = new Bounds(100_000, 1_000_000);
  }

  private static final long AHEAD_MS = Duration.ofMinutes(2).toMillis();

  private static final class Race {
    final Map<Runner, Track> tracks = new HashMap<>();
    final List<Follower> followers = new ArrayList<>();
    long floorSeq;

    Race(long floorSeq) {
      this.floorSeq = floorSeq;
    }
  }

  private final InstantSource clock;
  private final LongSupplier numbers;
  private final Bounds bounds;
  private final Map<Runner, Track> tracks = new HashMap<>();
  private final Map<String, Race> races = new HashMap<>();
  private final TreeMap<Long, Track> byOldest = new TreeMap<>();
  private long lastSeq;
  private int kept;

  /**
   * @param numbers gives growing numbers, none of them twice
   */
  public MemoryTrackLog(InstantSource clock, LongSupplier numbers, Bounds bounds) {
    this.clock = clock;
    this.numbers = numbers;
    this.bounds = bounds;
    this.lastSeq = numbers.getAsLong();
  }

  @Override
  public synchronized CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes) {
    Track track = tracks.computeIfAbsent(runner, this::open);
    try {
      var verdicts = new ArrayList<Verdict>(fixes.size());
      for (Fix fix : fixes) {
        verdicts.add(append(track, fix));
      }
      return completedFuture(verdicts);
    } catch (UncheckedIOException e) {
      return failedFuture(e);
    } finally {
      closeIfUnused(track);
    }
  }

  private Track open(Runner runner) {
    var track = new Track(runner, lastSeq + 1);
    if (!runner.race().isEmpty()) {
      raceNamed(runner.race()).tracks.put(runner, track);
    }
    return track;
  }

  private Race raceNamed(String name) {
    return races.computeIfAbsent(name, _ -> new Race(lastSeq + 1));
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
    if (track.size() == 0) {
      byOldest.put(position.seq(), track);
    }
    track.add(position);
    kept++;
    if (track.size() > bounds.ofRunner()) {
      dropOldestOf(track);
    }
    if (kept > bounds.ofAll()) {
      dropOldestOf(byOldest.firstEntry().getValue());
    }
    track.followers.forEach(follower -> follower.position(position));
    Race race = raceOf(track.runner);
    if (race != null) {
      race.followers.forEach(follower -> follower.position(position));
    }
    return late ? new Verdict.Late(position.seq()) : new Verdict.Accepted(position.seq());
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
    } else {
      closeIfUnused(track);
    }
  }

  private @Nullable Race raceOf(Runner runner) {
    return runner.race().isEmpty() ? null : races.get(runner.race());
  }

  @Override
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

  private Collection<Track> tracksOf(Feed feed) {
    return switch (feed) {
      case Feed.One(Runner runner) -> {
        Track track = tracks.get(runner);
        yield track == null ? List.of() : List.of(track);
      }
      case Feed.Race(String race) -> {
        Race known = races.get(race);
        yield known == null ? List.of() : known.tracks.values();
      }
    };
  }

  @Override
  public synchronized List<Position> latest(Feed feed, int each) {
    Collection<Track> found = tracksOf(feed);
    int all = found.stream().mapToInt(track -> Math.min(each, track.size())).sum();
    int share = all <= MOST ? each : Math.max(1, MOST / found.size());
    var latest = new ArrayList<Position>();
    for (Track track : found) {
      latest.addAll(track.slice(Math.max(0, track.size() - share), track.size()));
    }
    latest.sort(comparingLong(Position::seq));
    return latest.subList(Math.max(0, latest.size() - MOST), latest.size());
  }

  @Override
  public synchronized Page after(Feed feed, long seq, int limit) {
    Collection<Track> found = tracksOf(feed);
    if (seq != 0 && (seq < floorOf(feed) || seq > newestOf(found))) {
      return new Page.Gone();
    }
    return new Page.Next(Cursor.read(found, seq, limit));
  }

  /** Who has an older number may have missed something, or have what is no longer known. */
  private long floorOf(Feed feed) {
    return switch (feed) {
      case Feed.One(Runner runner) -> {
        Track track = tracks.get(runner);
        yield track == null ? Long.MAX_VALUE : track.floorSeq();
      }
      case Feed.Race(String race) -> {
        Race known = races.get(race);
        yield known == null ? Long.MAX_VALUE : known.floorSeq;
      }
    };
  }

  private static long newestOf(Collection<Track> found) {
    return found.stream().mapToLong(Track::newestSeq).max().orElse(0);
  }

  @Override
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

  @Override
  public synchronized void forget(Runner runner) {
    Track track = tracks.remove(runner);
    if (track == null) {
      return;
    }
    if (track.size() > 0) {
      byOldest.remove(track.oldestSeq());
      kept -= track.size();
    }
    var empty = new Track(runner, lastSeq + 1);
    empty.followers.addAll(track.followers);
    tracks.put(runner, empty);
    empty.followers.forEach(follower -> follower.erased(runner));
    Race race = raceOf(runner);
    if (race != null) {
      race.tracks.put(runner, empty);
      race.followers.forEach(follower -> follower.erased(runner));
    }
    closeIfUnused(empty);
  }

  @Override
  public boolean isFull() {
    return false;
  }

  @Override
  public void whenRoom(Runnable action) {
    action.run();
  }

  @Override
  public Optional<String> trouble() {
    return Optional.empty();
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

  @Override
  public synchronized void close() {
    tracks.clear();
    races.clear();
    byOldest.clear();
    kept = 0;
  }
}
