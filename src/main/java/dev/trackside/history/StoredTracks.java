package dev.trackside.history;

import dev.trackside.log.Lookup;
import dev.trackside.log.Newest;
import dev.trackside.log.OpenIds;
import dev.trackside.log.Past;
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
import org.jspecify.annotations.Nullable;

/**
 * The tracks on disk and the newest positions in memory, read as one. Memory is always read first:
 * whatever it drops between the two reads is on disk by then. Safe for use by many threads.
 */
final class StoredTracks implements Past, Lookup {
  private final Newest newest;
  private final Readers readers;
  private final LostNumbers lost;
  private final OpenIds openIds;

  /** How many erasures of each runner are not on disk yet. */
  private final Map<Runner, Integer> hidden = new ConcurrentHashMap<>();

  /**
   * @param openIds knows who has positions at all
   */
  StoredTracks(Newest newest, Readers readers, LostNumbers lost, OpenIds openIds) {
    this.newest = newest;
    this.readers = readers;
    this.lost = lost;
    this.openIds = openIds;
  }

  void hide(Runner runner) {
    hidden.merge(runner, 1, Integer::sum);
  }

  void show(Runner runner) {
    hidden.computeIfPresent(runner, (_, times) -> times == 1 ? null : times - 1);
  }

  /** Takes positions that arrived before a restart back into memory. */
  void restore(List<Position> arrivals) {
    Set<Runner> runners = new HashSet<>();
    arrivals.forEach(position -> runners.add(position.runner()));
    readers.read(
        table -> {
          for (Runner runner : runners) {
            newest.recall(runner, lookUp(table, runner, List.of()));
          }
          return runners;
        });
    arrivals.forEach(newest::restore);
  }

  @Override
  public CompletableFuture<List<Verdict>> append(
      Runner runner, List<Fix> fixes, @Nullable Object address) {
    return readers.submit(
        table -> {
          Optional<List<Verdict>> verdicts;
          do {
            verdicts = newest.append(runner, fixes, lookUp(table, runner, fixes), address);
          } while (verdicts.isEmpty());
          return verdicts.get();
        });
  }

  private RunnerPast lookUp(PositionTable table, Runner runner, List<Fix> fixes)
      throws SQLException {
    long version = newest.version(runner);
    return hidden.containsKey(runner)
        ? RunnerPast.nothing(version)
        : table.past(runner, fixes, version);
  }

  @Override
  public List<Position> latest(Feed feed, int each) {
    return switch (feed) {
      case Feed.One(Runner runner) -> {
        List<Position> kept = newest.latest(feed, each).positions();
        if (kept.size() >= each || hidden.containsKey(runner)) {
          yield kept;
        }
        List<Position> stored = readers.read(table -> table.latest(runner, each));
        List<Position> all = merged(stored, kept, Position.BY_SEQ);
        yield all.subList(Math.max(0, all.size() - each), all.size());
      }
      case Feed.Race race when each == 1 -> newest.latestOf(race).orElseGet(() -> newestOf(race));
      case Feed.Race(String race) -> {
        Newest.Latest kept = newest.latest(feed, each);
        Newest.Latest stored = readers.read(table -> table.latest(race, each));
        List<Position> both =
            merged(visible(stored.positions()), kept.positions(), Position.BY_SEQ);
        yield newestOfEach(both, each, kept.all() && stored.all());
      }
    };
  }

  @Override
  public Optional<Position> startOfLatest(Runner runner, int each, long untilSeq) {
    List<Position> kept =
        newest.latest(new Feed.One(runner), TrackReader.MOST).positions().stream()
            .filter(position -> position.seq() <= untilSeq)
            .toList();
    if (kept.size() >= each || hidden.containsKey(runner)) {
      return kept.stream().skip(Math.max(0, kept.size() - each)).findFirst();
    }
    return readers.read(
        table -> {
          long storedSeq = table.newestSeq(runner);
          long unstored = kept.stream().filter(position -> position.seq() > storedSeq).count();
          return table
              .startOfLatest(runner, each - unstored, Math.min(untilSeq, storedSeq))
              .or(() -> kept.stream().findFirst());
        });
  }

  /** The newest position of each runner in a race; memory knows them from now on. */
  private List<Position> newestOf(Feed.Race race) {
    List<Position> kept = newest.latest(race, 1).positions();
    return readers.read(
        table -> {
          long version = newest.version();
          var pasts = new HashMap<Runner, RunnerPast>();
          for (Runner runner : table.runners(race.race())) {
            pasts.put(runner, lookUp(table, runner, List.of()));
          }
          newest.recall(race, pasts, version);
          List<Position> stored =
              pasts.values().stream()
                  .flatMap(past -> past.newest().stream())
                  .sorted(Position.BY_SEQ)
                  .toList();
          return newestOfEach(merged(stored, kept, Position.BY_SEQ), 1, true);
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

  @Override
  public List<Position> newest(Collection<Runner> runners) {
    List<Position> kept = newest.newestOf(runners);
    Set<Runner> missing = new HashSet<>(runners);
    kept.forEach(position -> missing.remove(position.runner()));
    missing.removeIf(runner -> hidden.containsKey(runner) || !openIds.isPresent(runner));
    if (missing.isEmpty()) {
      return kept;
    }
    return readers.read(
        table -> {
          var all = new ArrayList<>(kept);
          all.addAll(table.newest(missing));
          all.sort(Position.BY_SEQ);
          return all;
        });
  }

  @Override
  public Page after(Feed feed, long seq, int limit) {
    if (lost.contains(seq)) {
      return new Page.Gone();
    }
    if (seq > 0 && newest.after(feed, seq, limit) instanceof Page.Next next) {
      return next;
    }
    List<Position> kept = newest.keptAfter(feed, seq, limit);
    long keptSeq = newest.newestSeq(feed);
    return readers.read(
        table ->
            switch (feed) {
              case Feed.One(Runner runner) when hidden.containsKey(runner) ->
                  page(seq, Long.MAX_VALUE, keptSeq, kept);
              case Feed.One(Runner runner) -> {
                List<Position> stored = table.after(runner, seq, limit);
                long newestSeq = Math.max(keptSeq, table.newestSeq(runner));
                List<Position> all = merged(stored, kept, Position.BY_SEQ, limit);
                yield page(seq, table.floorSeq(runner), newestSeq, all);
              }
              case Feed.Race(String race) -> {
                List<Position> stored = visible(table.after(race, seq, limit));
                long newestSeq = Math.max(keptSeq, table.newestSeq(race));
                List<Position> all = merged(stored, kept, Position.BY_SEQ, limit);
                yield page(seq, table.floorSeq(race), newestSeq, all);
              }
            });
  }

  private static Page page(long seq, long floorSeq, long newestSeq, List<Position> positions) {
    boolean gone = seq != 0 && (seq < floorSeq || seq > newestSeq);
    return gone ? new Page.Gone() : new Page.Next(positions);
  }

  @Override
  public List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    List<Position> kept = newest.between(runner, fromMs, fromSeq, toMs, limit);
    if (hidden.containsKey(runner)) {
      return kept;
    }
    List<Position> stored =
        readers.read(table -> table.between(runner, fromMs, fromSeq, toMs, limit));
    return merged(stored, kept, Position.BY_TIME, limit);
  }

  private List<Position> visible(List<Position> positions) {
    return hidden.isEmpty()
        ? positions
        : positions.stream().filter(p -> !hidden.containsKey(p.runner())).toList();
  }

  /** The first {@code limit} positions of both lists, each once. */
  private static List<Position> merged(
      List<Position> stored, List<Position> kept, Comparator<Position> order, int limit) {
    List<Position> all = merged(stored, kept, order);
    return all.subList(0, Math.min(limit, all.size()));
  }

  /** All positions of both lists, each once. */
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
