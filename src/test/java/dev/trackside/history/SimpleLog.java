package dev.trackside.history;

import static java.util.Comparator.comparingLong;

import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The simplest possible model of a log. */
final class SimpleLog {
  enum Judgement {
    ACCEPTED,
    LATE,
    DUPLICATE
  }

  private final List<Position> positions = new ArrayList<>();
  private final Map<Runner, Long> forgotten = new HashMap<>();
  private long newestSeq;

  /** The expected verdict on a fix, by what was there before it. */
  Judgement judge(Runner runner, Fix fix, long tMs, long nowMs) {
    return find(runner, fix).isPresent()
        ? Judgement.DUPLICATE
        : tMs < Math.min(reachedMs(runner), nowMs) ? Judgement.LATE : Judgement.ACCEPTED;
  }

  /** The newest moment, which never counts as later than a position that arrived since. */
  private long reachedMs(Runner runner) {
    long reachedMs = Long.MIN_VALUE;
    for (Position p : of(p -> p.runner().equals(runner))) {
      reachedMs = Math.min(Math.max(reachedMs, p.tMs()), p.arrivedMs());
    }
    return reachedMs;
  }

  Optional<Position> find(Runner runner, Fix fix) {
    return positions.stream()
        .filter(p -> p.runner().equals(runner) && fix.hasTime() && p.fix().tMs() == fix.tMs())
        .filter(p -> p.fix().latDeg() == fix.latDeg() && p.fix().lonDeg() == fix.lonDeg())
        .findFirst();
  }

  void add(Position position) {
    positions.add(position);
    newestSeq = Math.max(newestSeq, position.seq());
  }

  long newestSeq() {
    return newestSeq;
  }

  void forget(Runner runner) {
    positions.removeIf(p -> p.runner().equals(runner));
    forgotten.put(runner, newestSeq);
  }

  List<Position> of(Predicate<Position> which) {
    return positions.stream().filter(which).toList();
  }

  List<Position> after(Feed feed, long seq, int limit) {
    return of(p -> holds(feed, p.runner()) && p.seq() > seq).stream().limit(limit).toList();
  }

  List<Position> latest(Feed feed, int each) {
    var counts = new HashMap<Runner, Integer>();
    return positions.reversed().stream()
        .filter(p -> holds(feed, p.runner()) && counts.merge(p.runner(), 1, Integer::sum) <= each)
        .toList()
        .reversed();
  }

  List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    return of(p -> p.runner().equals(runner)).stream()
        .filter(p -> p.tMs() > fromMs || (p.tMs() == fromMs && p.seq() > fromSeq))
        .filter(p -> p.tMs() <= toMs)
        .sorted(comparingLong(Position::tMs).thenComparingLong(Position::seq))
        .limit(limit)
        .toList();
  }

  private static boolean holds(Feed feed, Runner runner) {
    return switch (feed) {
      case Feed.One(Runner one) -> one.equals(runner);
      case Feed.Race(String race) -> race.equals(runner.race());
    };
  }

  /** Whether a reader can continue after this number. */
  boolean knows(Feed feed, long seq) {
    return positions.stream().anyMatch(p -> holds(feed, p.runner()) && p.seq() == seq);
  }

  /** Whether the number is from before its runner was forgotten. */
  boolean isForgotten(Feed feed, long seq) {
    return feed instanceof Feed.One(Runner runner) && seq <= forgotten.getOrDefault(runner, 0L);
  }
}
