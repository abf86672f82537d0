package dev.trackside.hub;

import dev.trackside.log.MemoryTrackLog;
import dev.trackside.log.Newest;
import dev.trackside.support.Fixes;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Follower;
import dev.trackside.track.Following;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A log that remembers what it was told in the simplest way, and lets others act between the steps
 * of a read and between the followers that it tells.
 */
final class ModelLog implements TrackReader {
  private static final double MASKED_DEG = 45;
  private static final Runner PRIVATE = new Runner("r/4");

  /** A position, as a model sees it. */
  record Entry(Runner runner, long seq, boolean masked) {}

  private final AtomicLong numbers = new AtomicLong();
  private final MemoryTrackLog log =
      new MemoryTrackLog(
          InstantSource.system(), numbers::incrementAndGet, new Newest.Bounds(100_000, 1_000_000));
  private final Map<Runner, List<Entry>> entries = new HashMap<>();
  private final Map<Runner, List<Entry>> ever = new HashMap<>();
  private final Map<Runner, Long> erased = new HashMap<>();
  private final List<Following> closing = new ArrayList<>();
  private final Runnable between;
  private boolean isTelling;

  /** Runs {@code between} where other threads may act. */
  ModelLog(Runnable between) {
    this.between = between;
  }

  static boolean isMasked(Position position) {
    return position.fix().latDeg() == MASKED_DEG;
  }

  static boolean isPrivate(Runner runner) {
    return runner.equals(PRIVATE);
  }

  long newestSeq() {
    return numbers.get();
  }

  /** The positions of a runner that were not erased. */
  List<Entry> of(Runner runner) {
    return entries.getOrDefault(runner, List.of());
  }

  /** The positions of a runner, even those that were erased. */
  List<Entry> ever(Runner runner) {
    return ever.getOrDefault(runner, List.of());
  }

  /** The number of the runner's last erasure, or 0. */
  long erasedSeq(Runner runner) {
    return erased.getOrDefault(runner, 0L);
  }

  /** Notes positions that are about to be appended, and returns their numbers. */
  List<Entry> note(Runner runner, int count, boolean masked) {
    var noted = new ArrayList<Entry>();
    for (int i = 1; i <= count; i++) {
      noted.add(new Entry(runner, numbers.get() + i, masked));
    }
    entries.computeIfAbsent(runner, _ -> new ArrayList<>()).addAll(noted);
    ever.computeIfAbsent(runner, _ -> new ArrayList<>()).addAll(noted);
    return noted;
  }

  void append(Runner runner, int count, boolean masked) {
    List<Fix> fixes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      fixes.add(Fixes.at(masked ? MASKED_DEG : 10, 20));
    }
    tell(() -> log.append(runner, fixes));
  }

  /** Whoever would stop following meanwhile has to wait, as they would for the log's lock. */
  private void tell(Runnable telling) {
    isTelling = true;
    telling.run();
    isTelling = false;
    closing.forEach(Following::close);
    closing.clear();
  }

  void forget(Runner runner) {
    entries.remove(runner);
    erased.put(runner, numbers.get());
    tell(() -> log.forget(runner));
  }

  @Override
  public Following follow(Feed feed, Follower follower) {
    Following following =
        log.follow(
            feed,
            new Follower() {
              @Override
              public void positions(List<Position> bunch) {
                follower.positions(bunch);
                between.run();
              }

              @Override
              public void erased(Runner runner) {
                follower.erased(runner);
                between.run();
              }

              @Override
              public void shownAnew(Runner runner) {
                follower.shownAnew(runner);
                between.run();
              }
            });
    return new Following() {
      @Override
      public long fromSeq() {
        return following.fromSeq();
      }

      @Override
      public void close() {
        if (isTelling) {
          closing.add(following);
        } else {
          following.close();
        }
      }
    };
  }

  @Override
  public List<Position> latest(Feed feed, int each) {
    List<Position> latest = log.latest(feed, each);
    between.run();
    return latest;
  }

  @Override
  public List<Position> newest(Collection<Runner> runners) {
    return log.newest(runners);
  }

  @Override
  public Page after(Feed feed, long seq, int limit) {
    Page page = log.after(feed, seq, limit);
    between.run();
    return page;
  }

  @Override
  public List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
    return log.between(runner, fromMs, fromSeq, toMs, limit);
  }
}
