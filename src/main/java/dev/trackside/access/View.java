package dev.trackside.access;

import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** A log of which only a part is shown; nothing can be appended. Safe for use by many threads. */
final class View implements TrackLog {
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
      if (feed instanceof Feed.Race || newest.size() < asked || asked == MOST) {
        return seen.subList(Math.max(0, seen.size() - most(feed, each)), seen.size());
      } else if (seen.size() >= each) {
        return seen.subList(seen.size() - each, seen.size());
      }
    }
  }

  private static int most(Feed feed, int each) {
    return feed instanceof Feed.Race ? MOST : each;
  }

  @Override
  public Page after(Feed feed, long seq, int limit) {
    var seen = new ArrayList<Position>();
    for (long from = seq; ; ) {
      if (!(log.after(feed, from, limit) instanceof Page.Next(List<Position> page))) {
        return new Page.Gone();
      }
      page.stream().filter(shown).limit(limit - seen.size()).forEach(seen::add);
      if (page.size() < limit || seen.size() == limit) {
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
    while (true) {
      List<Position> page = log.between(runner, tMs, seq, toMs, limit);
      page.stream().filter(shown).limit(limit - seen.size()).forEach(seen::add);
      if (page.size() < limit || seen.size() == limit) {
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
