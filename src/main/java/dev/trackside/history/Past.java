package dev.trackside.history;

import static java.util.Comparator.comparingLong;

import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Newest;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the tracks on disk and the newest positions in memory are together. Memory is always asked
 * first: what it drops between the two questions is on disk by then. Safe for use by many threads.
 */
final class Past {
  private static final Comparator<Position> BY_NUMBER = comparingLong(Position::seq);
  private static final Comparator<Position> BY_TIME =
      comparingLong(Position::tMs).thenComparing(BY_NUMBER);

  private final Newest newest;
  private final Readers readers;

  /** Runners whose erasure is not on the disk yet, and how often it is asked for. */
  private final Map<Runner, Integer> hidden = new ConcurrentHashMap<>();

  Past(Newest newest, Readers readers) {
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
    runners.forEach(runner -> recall(runner, List.of()).join());
    arrivals.forEach(newest::restore);
  }

  /** Makes a runner's past known in memory; returns the fixes that are on disk already. */
  CompletableFuture<Map<Fix, Long>> recall(Runner runner, List<Fix> fixes) {
    return readers.submit(
        (tracks, _) -> {
          recallNow(runner, tracks);
          return hidden.containsKey(runner) ? Map.of() : tracks.duplicates(runner, fixes);
        });
  }

  private void recallNow(Runner runner, Tracks tracks) throws SQLException {
    Newest.Past found;
    long erasures;
    do {
      erasures = newest.erasures();
      found = hidden.containsKey(runner) ? Newest.Past.NONE : tracks.past(runner);
    } while (!newest.recall(runner, found, erasures));
  }

  List<Position> latest(Feed feed, int each) {
    List<Position> kept = newest.latest(feed, each);
    return switch (feed) {
      case Feed.One(Runner runner) -> {
        if (kept.size() >= each || hidden.containsKey(runner)) {
          yield kept;
        }
        List<Position> stored = readers.read((tracks, _) -> tracks.latest(runner, each));
        List<Position> all = merged(stored, kept, BY_NUMBER);
        yield all.subList(Math.max(0, all.size() - each), all.size());
      }
      case Feed.Race(String race) -> {
        if (each == 1) {
          recallAll(race);
          yield newest.latest(feed, 1);
        }
        List<Position> stored = readers.read((_, races) -> races.latest(race, each));
        yield newestOfEach(merged(visible(stored), kept, BY_NUMBER), each);
      }
    };
  }

  private void recallAll(String race) {
    if (!newest.isWhole(race)) {
      readers.read(
          (tracks, races) -> {
            for (Runner runner : races.runners(race)) {
              recallNow(runner, tracks);
            }
            newest.completed(race);
            return race;
          });
    }
  }

  private static List<Position> newestOfEach(List<Position> positions, int each) {
    var counts = new HashMap<Runner, Integer>();
    var chosen = new ArrayList<Position>();
    for (Position position : positions.reversed()) {
      if (counts.merge(position.runner(), 1, Integer::sum) <= each) {
        chosen.add(position);
      }
    }
    return chosen.subList(0, Math.min(TrackLog.MOST, chosen.size())).reversed();
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
