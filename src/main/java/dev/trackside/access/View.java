package dev.trackside.access;

import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** A log of which only a part is shown; nothing can be appended. Safe for use by many threads. */
final class View implements TrackLog {
  /** What is hidden is passed over in pages of at least so many, however few are asked for. */
  private static final int LEAST_READ = 500;

  private final TrackLog log;
  private final Predicate<Runner> known;
  private final Predicate<Position> shown;

  /**
   * @param known of whom one may know at all
   * @param shown which positions of theirs one may see
   */
  View(TrackLog log, Predicate<Runner> known, Predicate<Position> shown) {
    this.log = log;
    this.known = known;
    this.shown = position -> known.test(position.runner()) && shown.test(position);
  }

  @Override
  public Following follow(Feed feed, Follower follower) {
    return log.follow(
        feed,
        new Follower() {
          @Override
          public void position(Position position) {
            if (shown.test(position)) {
              follower.position(position);
            }
          }

          @Override
          public void erased(Runner runner) {
            if (known.test(runner)) {
              follower.erased(runner);
            }
          }
        });
  }

  /** Where the newest of a single runner are hidden, those before them. */
  @Override
  public List<Position> latest(Feed feed, int each) {
    for (int asked = each; ; asked = Math.min(4 * asked, MOST)) {
      List<Position> newest = log.latest(feed, asked);
      List<Position> seen = newest.stream().filter(shown).toList();
      if (asked == MOST && newest.size() == MOST && seen.size() < each && isOfOne(feed)) {
        return further(feed, each, newest);
      } else if (feed instanceof Feed.Race || newest.size() < asked || asked == MOST) {
        return seen.subList(Math.max(0, seen.size() - most(feed, each)), seen.size());
      } else if (seen.size() >= each) {
        return seen.subList(seen.size() - each, seen.size());
      }
    }
  }

  private static boolean isOfOne(Feed feed) {
    return feed instanceof Feed.One;
  }

  /** The last that are shown, further back than one read goes: in ever longer stretches. */
  private List<Position> further(Feed feed, int each, List<Position> newest) {
    long untilSeq = newest.getLast().seq();
    for (long step = untilSeq - newest.getFirst().seq(); ; step *= 4) {
      long from = Math.max(0, untilSeq - 4 * step);
      List<Position> seen = lastShown(feed, from, untilSeq, each);
      if (seen.size() == each || from == 0) {
        return seen;
      }
    }
  }

  private List<Position> lastShown(Feed feed, long fromSeq, long untilSeq, int most) {
    var seen = new ArrayDeque<Position>();
    long from = fromSeq;
    while (from < untilSeq
        && log.after(feed, from, MOST) instanceof Page.Next(List<Position> page)
        && !page.isEmpty()) {
      for (Position position : page) {
        if (position.seq() <= untilSeq && shown.test(position)) {
          seen.add(position);
          if (seen.size() > most) {
            seen.remove();
          }
        }
      }
      from = page.getLast().seq();
    }
    return List.copyOf(seen);
  }

  private static int most(Feed feed, int each) {
    return feed instanceof Feed.Race ? MOST : each;
  }

  @Override
  public Page after(Feed feed, long seq, int limit) {
    var seen = new ArrayList<Position>();
    int read = Math.max(limit, LEAST_READ);
    for (long from = seq; ; ) {
      if (!(log.after(feed, from, read) instanceof Page.Next(List<Position> page))) {
        return new Page.Gone();
      }
      page.stream().filter(shown).limit(limit - seen.size()).forEach(seen::add);
      if (page.size() < read || seen.size() == limit) {
        return new Page.Next(seen);
      }
      from = page.getLast().seq();
    }
  }

  @Override
  public List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    var seen = new ArrayList<Position>();
    long tMs = fromMs;
    long seq = fromSeq;
    int read = Math.max(limit, LEAST_READ);
    while (true) {
      List<Position> page = log.between(runner, tMs, seq, toMs, read);
      page.stream().filter(shown).limit(limit - seen.size()).forEach(seen::add);
      if (page.size() < read || seen.size() == limit) {
        return seen;
      }
      tMs = page.getLast().tMs();
      seq = page.getLast().seq();
    }
  }

  @Override
  public CompletionStage<List<Verdict>> append(Runner runner, List<Fix> fixes, boolean waits) {
    throw new UnsupportedOperationException("a view only shows");
  }

  @Override
  public void forget(Runner runner) {
    throw new UnsupportedOperationException("a view only shows");
  }

  @Override
  public boolean shows(Runner runner) {
    return known.test(runner);
  }

  @Override
  public boolean isFull() {
    return log.isFull();
  }

  @Override
  public void whenRoom(Runnable action) {
    log.whenRoom(action);
  }

  @Override
  public Optional<String> trouble() {
    return log.trouble();
  }

  @Override
  public void close() {}
}
