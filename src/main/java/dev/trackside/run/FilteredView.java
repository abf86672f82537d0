package dev.trackside.run;

import static java.util.stream.Collectors.toCollection;

import dev.trackside.track.Feed;
import dev.trackside.track.Follower;
import dev.trackside.track.Following;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import dev.trackside.track.View;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A part of a log. Safe for use by many threads. */
final class FilteredView implements View {
  /** The smallest page that is read, however few positions are asked for. */
  private static final int LEAST_READ = 250;

  private final TrackReader log;
  private final Predicate<Runner> known;
  private final Predicate<Position> shown;
  private final BooleanSupplier hidesSome;
  private final boolean whole;

  /**
   * @param known which runners the view may reveal at all
   * @param masks what it hides of them
   */
  FilteredView(TrackReader log, Predicate<Runner> known, Masks masks) {
    this.log = log;
    this.known = known;
    this.shown = position -> known.test(position.runner()) && masks.isShown(position);
    this.hidesSome = masks::hideSome;
    this.whole = false;
  }

  /** Everything that is in the log. */
  FilteredView(TrackReader log) {
    this.log = log;
    this.known = _ -> true;
    this.shown = _ -> true;
    this.hidesSome = () -> false;
    this.whole = true;
  }

  @Override
  public Following follow(Feed feed, Follower follower) {
    return log.follow(
        feed,
        new Follower() {
          @Override
          public void positions(List<Position> bunch) {
            List<Position> seen = seen(bunch);
            if (!seen.isEmpty()) {
              follower.positions(seen);
            }
          }

          @Override
          public void erased(Runner runner) {
            if (known.test(runner)) {
              follower.erased(runner);
            }
          }

          @Override
          public void shownAnew(Runner runner) {
            if (!whole && known.test(runner)) {
              follower.shownAnew(runner);
            }
          }
        });
  }

  private List<Position> seen(List<Position> positions) {
    for (Position position : positions) {
      if (!shown.test(position)) {
        return positions.stream().filter(shown).toList();
      }
    }
    return positions;
  }

  @Override
  public List<Position> newest(Collection<Runner> runners) {
    List<Runner> asked = runners.stream().filter(known).toList();
    var newest = new ArrayList<Position>(asked.size());
    for (Position position : log.newest(asked)) {
      if (shown.test(position)) {
        newest.add(position);
      } else {
        newest.addAll(latest(new Feed.One(position.runner()), 1));
      }
    }
    newest.sort(Position.BY_SEQ);
    return newest;
  }

  /**
   * If a single runner's newest positions are hidden, the ones before them. In a race that is the
   * newest shown one of a runner, if it is among their last {@link #LEAST_READ}.
   */
  @Override
  public List<Position> latest(Feed feed, int each) {
    for (int asked = each; ; asked = Math.min(4 * asked, MOST)) {
      List<Position> newest = log.latest(feed, asked);
      List<Position> seen = seen(newest);
      if (feed instanceof Feed.Race) {
        return last(MOST, seen.size() == newest.size() ? seen : withThoseBefore(newest, seen));
      } else if (seen.size() >= each || newest.size() < asked) {
        return last(each, seen);
      } else if (asked == MOST) {
        return further(feed, each, newest);
      }
    }
  }

  @Override
  public Optional<Position> startOfLatest(Runner runner, int each, long untilSeq) {
    return hidesSome.getAsBoolean()
        ? View.super.startOfLatest(runner, each, untilSeq)
        : log.startOfLatest(runner, each, untilSeq).filter(shown);
  }

  /** Adds a position of each runner of whom only hidden ones are among the newest of a race. */
  private List<Position> withThoseBefore(List<Position> newest, List<Position> seen) {
    Set<Runner> missed = runnersIn(newest);
    seen.forEach(position -> missed.remove(position.runner()));
    var all = new ArrayList<>(seen);
    for (Runner runner : missed) {
      all.addAll(last(1, seen(log.latest(new Feed.One(runner), LEAST_READ))));
    }
    all.sort(Position.BY_SEQ);
    return all;
  }

  private Set<Runner> runnersIn(List<Position> positions) {
    return positions.stream()
        .map(Position::runner)
        .filter(known)
        .collect(toCollection(HashSet::new));
  }

  private static List<Position> last(int most, List<Position> positions) {
    return positions.subList(Math.max(0, positions.size() - most), positions.size());
  }

  /** The last shown positions before those of one read, in ever longer ranges of numbers. */
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
        return seen.isEmpty() && isBeyond(feed, seq) ? new Page.Gone() : new Page.Next(seen);
      }
      from = page.getLast().seq();
    }
  }

  /**
   * A number above the newest that is shown means nothing here, even if it is that of a hidden one.
   */
  private boolean isBeyond(Feed feed, long seq) {
    if (seq == 0 || !hidesSome.getAsBoolean()) {
      return false;
    }
    List<Position> newest = latest(feed, 1);
    return newest.isEmpty() || newest.getLast().seq() < seq;
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
  public Set<Runner> runners(Feed.Race race) {
    return runnersIn(log.latest(race, 1));
  }

  @Override
  public boolean shows(Runner runner) {
    return known.test(runner);
  }

  @Override
  public boolean shows(Position position) {
    return shown.test(position);
  }
}
