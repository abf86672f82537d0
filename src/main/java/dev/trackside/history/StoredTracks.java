package dev.trackside.history;

import static java.util.Comparator.comparingLong;

import dev.trackside.log.Newest;
import dev.trackside.log.RunnerPast;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import dev.trackside.track.Verdict;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the tracks on disk and the newest positions in memory are together. Memory is always asked
 * first: what it drops between the two questions is on disk by then. Safe for use by many threads.
 */
final class StoredTracks {
  private static final Comparator<Position> BY_NUMBER = comparingLong(Position::seq);
  private static final Comparator<Position> BY_TIME =
      comparingLong(Position::tMs).thenComparing(BY_NUMBER);

  private final Newest newest;
  private final Readers readers;

  /** Runners whose erasure is not on the disk yet, and how often it is asked for. */
  private final Map<Runner, Integer> hidden = new ConcurrentHashMap<>();

  StoredTracks(Newest newest, Readers readers) {
    this.newest = newest;
    this.readers = readers;
  }

  void hide(Runner runner) {
    hidden.merge(runner, 1, Integer::sum);
  }

  void show(Runner runner) {
    hidden.computeIfPresent(runner, (_, times) -> times == 1 ? null : times - 1);
  }

  /** Takes back what had arrived before a restart. */
  void restore(List<Position> arrivals) {
    Set<Runner> runners = new HashSet<>();
    arrivals.forEach(position -> runners.add(position.runner()));
    readers.read(
        (tracks, _) -> {
          for (Runner runner : runners) {
            newest.recall(runner, lookUp(tracks, runner, List.of()));
          }
          return runners;
        });
    arrivals.forEach(newest::restore);
  }

  /** SequenceNumbers fixes with what is on disk in mind. */
  CompletableFuture<List<Verdict>> append(Runner runner, List<Fix> fixes) {
    return readers.submit(
        (tracks, _) -> {
          Optional<List<Verdict>> verdicts;
          do {
            verdicts = newest.append(runner, fixes, lookUp(tracks, runner, fixes));
          } while (verdicts.isEmpty());
          return verdicts.get();
        });
  }

  private RunnerPast lookUp(TrackRows tracks, Runner runner, List<Fix> fixes) throws SQLException {
    long version = newest.version(runner);
    return hidden.containsKey(runner)
        ? RunnerPast.nothing(version)
        : tracks.known(runner, fixes, version);
  }

  List<Position> latest(Feed feed, int each) {
    return switch (feed) {
      case Feed.One(Runner runner) -> {
        List<Position> kept = newest.latest(feed, each).positions();
        if (kept.size() >= each || hidden.containsKey(runner)) {
          yield kept;
        }
        List<Position> stored = readers.read((tracks, _) -> tracks.latest(runner, each));
        List<Position> all = merged(stored, kept, BY_NUMBER);
        yield all.subList(Math.max(0, all.size() - each), all.size());
      }
      case Feed.Race race when each == 1 ->
          newest.latestOf(race).orElseGet(() -> newestOf(race));
      case Feed.Race(String race) -> {
        Newest.Latest kept = newest.latest(feed, each);
        Newest.Latest stored = readers.read((_, races) -> races.latest(race, each));
        List<Position> both = merged(visible(stored.positions()), kept.positions(), BY_NUMBER);
        yield newestOfEach(both, each, kept.all() && stored.all());
      }
    };
  }

  /** The newest of each; from now on memory knows it. */
  private List<Position> newestOf(Feed.Race race) {
    List<Position> kept = newest.latest(race, 1).positions();
    return readers.read(
        (tracks, races) -> {
          long version = newest.version();
          var everyone = new HashMap<Runner, RunnerPast>();
          for (Runner runner : races.runners(race.race())) {
            everyone.put(runner, lookUp(tracks, runner, List.of()));
          }
          newest.recall(race, everyone, version);
          List<Position> stored =
              everyone.values().stream()
                  .flatMap(past -> past.newest().stream())
                  .sorted(BY_NUMBER)
                  .toList();
          return newestOfEach(merged(stored, kept, BY_NUMBER), 1, true);
        });
  }

  private static List<Position> newestOfEach(List<Position> positions, int each, boolean all) {
    var counts = new HashMap<Runner, Integer>();
    positions.forEach(position -> counts.merge(position.runner(), 1, Integer::sum));
    boolean fit =
        all && counts.values().stream().mapToLong(n -> Math.min(n, each)).sum() <= TrackReader.MOST;
    int share = fit ? each : Math.max(1, TrackReader.MOST / counts.size());
    var chosen = new ArrayList<Position>();
    for (Position position : positions) {
      if (counts.merge(position.runner(), -1, Integer::sum) < share) {
        chosen.add(position);
      }
    }
    return chosen.subList(Math.max(0, chosen.size() - TrackReader.MOST), chosen.size());
  }

  /** The newest of each of these who has one. */
  List<Position> newest(Collection<Runner> runners) {
    List<Position> kept = newest.newestOf(runners);
    Set<Runner> missing = new HashSet<>(runners);
    kept.forEach(position -> missing.remove(position.runner()));
    missing.removeAll(hidden.keySet());
    if (missing.isEmpty()) {
      return kept;
    }
    return readers.read(
        (tracks, _) -> {
          var all = new ArrayList<>(kept);
          for (Runner runner : missing) {
            all.addAll(tracks.latest(runner, 1));
          }
          all.sort(BY_NUMBER);
          return all;
        });
  }

  Page after(Feed feed, long seq, int limit) {
    List<Position> kept = newest.keptAfter(feed, seq, limit);
    long keptSeq = newest.newestSeq(feed);
    return readers.read(
        (tracks, races) ->
            switch (feed) {
              case Feed.One(Runner runner) -> {
                if (hidden.containsKey(runner)) {
                  yield page(seq, Long.MAX_VALUE, keptSeq, kept);
                }
                List<Position> stored = tracks.after(runner, seq, limit);
                long newestSeq = Math.max(keptSeq, tracks.newestSeq(runner));
                yield page(seq, tracks.floorSeq(runner), newestSeq, first(limit, stored, kept));
              }
              case Feed.Race(String race) -> {
                List<Position> stored = visible(races.after(race, seq, limit));
                long newestSeq = Math.max(keptSeq, races.newestSeq(race));
                yield page(seq, races.floorSeq(race), newestSeq, first(limit, stored, kept));
              }
            });
  }

  private static Page page(long seq, long floorSeq, long newestSeq, List<Position> positions) {
    boolean gone = seq != 0 && (seq < floorSeq || seq > newestSeq);
    return gone ? new Page.Gone() : new Page.Next(positions);
  }

  private static List<Position> first(int limit, List<Position> stored, List<Position> kept) {
    List<Position> all = merged(stored, kept, BY_NUMBER);
    return all.subList(0, Math.min(limit, all.size()));
  }

  List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    List<Position> kept = newest.between(runner, fromMs, fromSeq, toMs, limit);
    if (hidden.containsKey(runner)) {
      return kept;
    }
    List<Position> stored =
        readers.read((tracks, _) -> tracks.between(runner, fromMs, fromSeq, toMs, limit));
    List<Position> all = merged(stored, kept, BY_TIME);
    return all.subList(0, Math.min(limit, all.size()));
  }

  private List<Position> visible(List<Position> positions) {
    return hidden.isEmpty()
        ? positions
        : positions.stream().filter(p -> !hidden.containsKey(p.runner())).toList();
  }

  /** Both in one order, what is in both once. */
  private static List<Position> merged(
      List<Position> stored, List<Position> kept, Comparator<Position> order) {
    if (kept.isEmpty()) {
      return stored;
    }
    var merged = new ArrayList<Position>(stored.size() + kept.size());
    int s = 0;
    for (Position position : kept) {
      while (s < stored.size() && order.compare(stored.get(s), position) <= 0) {
        if (stored.get(s).seq() != position.seq()) {
          merged.add(stored.get(s));
        }
        s++;
      }
      merged.add(position);
    }
    merged.addAll(stored.subList(s, stored.size()));
    return merged;
  }
}
