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
import java.util.PriorityQueue;
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
    long droppedSeq;
  }

  private final InstantSource clock;
  private final LongSupplier numbers;
  private final Bounds bounds;
  private final long beforeFirst;
  private final Map<Runner, Track> tracks = new HashMap<>();
  private final Map<String, Race> races = new HashMap<>();
  private final TreeMap<Long, Track> byOldest = new TreeMap<>();
  private int kept;

  /**
   * @param numbers gives growing numbers, none of them twice
   */
  public MemoryTrackLog(InstantSource clock, LongSupplier numbers, Bounds bounds) {
    this.clock = clock;
    this.numbers = numbers;
    this.bounds = bounds;
    this.beforeFirst = numbers.getAsLong();
  }

  @Override
  public CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes) {
    try {
      return completedFuture(store(runner, fixes));
    } catch (UncheckedIOException e) {
      return failedFuture(e);
    }
  }

  private synchronized List<Verdict> store(Runner runner, List<Fix> fixes) {
    Track track = tracks.computeIfAbsent(runner, this::open);
    if (fixes.size() == 1) {
      return List.of(append(track, fixes.getFirst()));
    }
    var verdicts = new ArrayList<Verdict>(fixes.size());
    for (Fix fix : fixes) {
      verdicts.add(append(track, fix));
    }
    closeIfUnused(track);
    return verdicts;
  }

  private Track open(Runner runner) {
    var track = new Track(runner);
    if (!runner.race().isEmpty()) {
      races.computeIfAbsent(runner.race(), _ -> new Race()).tracks.put(runner, track);
    }
    return track;
  }

  private Verdict append(Track track, Fix fix) {
    Position known = track.duplicateOf(fix);
    if (known != null) {
      return new Verdict.Duplicate(known.seq());
    }
    long nowMs = clock.millis();
    long tMs = !fix.hasTime() || fix.tMs() > nowMs + AHEAD_MS ? nowMs : fix.tMs();
    boolean late = tMs < track.newestTimeMs();
    var position = new Position(track.runner, numbers.getAsLong(), tMs, nowMs, late, fix);
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
      race.droppedSeq = Math.max(race.droppedSeq, track.droppedSeq());
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
      case Feed.Race(String race) ->
          races.computeIfAbsent(race, _ -> new Race()).followers.add(follower);
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
    int share = Math.min(each, Math.max(1, MOST / Math.max(1, found.size())));
    var latest = new ArrayList<Position>();
    if (each > 0) {
      for (Track track : found) {
        latest.addAll(track.slice(Math.max(0, track.size() - share), track.size()));
      }
      latest.sort(comparingLong(Position::seq));
    }
    return latest.subList(Math.max(0, latest.size() - MOST), latest.size());
  }

  @Override
  public synchronized Page after(Feed feed, long seq, int limit) {
    Collection<Track> found = tracksOf(feed);
    if (seq != 0 && (seq < floorOf(feed, found) || seq > newestOf(found))) {
      return new Page.Gone();
    }
    record Cursor(Track track, int index) {
      long seq() {
        return track.at(index).seq();
      }
    }
    var cursors = new PriorityQueue<Cursor>(comparingLong(Cursor::seq));
    for (Track track : found) {
      int index = track.indexAfter(seq);
      if (index < track.size()) {
        cursors.add(new Cursor(track, index));
      }
    }
    var page = new ArrayList<Position>();
    while (page.size() < limit) {
      Cursor next = cursors.poll();
      if (next == null) {
        break;
      }
      page.add(next.track.at(next.index));
      if (next.index + 1 < next.track.size()) {
        cursors.add(new Cursor(next.track, next.index + 1));
      }
    }
    return new Page.Next(page);
  }

  private long floorOf(Feed feed, Collection<Track> found) {
    long dropped =
        switch (feed) {
          case Feed.One _ -> found.stream().mapToLong(Track::droppedSeq).max().orElse(0);
          case Feed.Race(String race) -> {
            Race known = races.get(race);
            yield known == null ? 0 : known.droppedSeq;
          }
        };
    return Math.max(beforeFirst, dropped);
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
    var empty = new Track(runner);
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

  /** How many feeds somebody follows. */
  public synchronized int followed() {
    return (int)
        (tracks.values().stream().filter(track -> !track.followers.isEmpty()).count()
            + races.values().stream().filter(race -> !race.followers.isEmpty()).count());
  }

  @Override
  public synchronized void close() {
    tracks.clear();
    races.clear();
    byOldest.clear();
    kept = 0;
  }
}
