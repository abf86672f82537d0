package dev.trackside.run;

import dev.trackside.track.Feed;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache of trails: each is read from the log and simplified once for all who ask, and goes on
 * with what arrives. Every answer is checked against the log first, so that it holds nothing the
 * log has dropped. The 500 trails that were asked for last are kept. Safe for use by many threads.
 *
 * <p>What a runner's trails cost is limited by {@link HeavyWork}. While that is used up, a trail
 * stays as it is, and its number says how far it goes.
 */
public final class Trails {
  private static final int MOST = 500;

  /** Concurrent reads: a run may be long. */
  private static final int READS = 4;

  private static final int PAGE = 1_000;

  /** What it takes to read a position from the log and to decode it: CPU time elsewhere. */
  private static final long READ_NANOS = 4_000;

  /** How long positions that do not fit at the end stay out of a trail at least. */
  private static final long RESTS_MS = 1_000;

  /**
   * @param sight distinguishes what different people see of the runner
   */
  private record TrailKey(Runner runner, String sight) {}

  private static final class Slot {
    final ReentrantLock changing = new ReentrantLock();
    volatile @Nullable CachedTrail cached;
    long readMs;
  }

  private final InstantSource clock;
  private final HeavyWork heavy;
  private final Semaphore reads = new Semaphore(READS);
  private final Map<TrailKey, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param heavy where trails are simplified
   */
  public Trails(InstantSource clock, HeavyWork heavy) {
    this.clock = clock;
    this.heavy = heavy;
  }

  /**
   * A runner's trail at present. May wait for the log.
   *
   * @param log what the asker may see
   * @param sight changes whenever the log shows something else of the runner
   * @throws TooBusy when there is no trail yet, and none can be made at present
   */
  public Trail of(Runner runner, TrackReader log, Supplier<String> sight) {
    var key = new TrailKey(runner, sight.get());
    Slot slot = slot(key);
    CachedTrail cached = slot.cached;
    if (cached != null && cached.isIn(log) && cached.isUpToDate(log)) {
      return cached.trail();
    }
    slot.changing.lock();
    try {
      cached = slot.cached;
      if (cached == null || !cached.isIn(log)) {
        return read(slot, key, log, sight);
      }
      if (goesOn(cached, runner, log)) {
        slot.cached = sight.get().equals(key.sight) ? cached : null;
        return cached.trail();
      }
      boolean isNew = Math.abs(clock.millis() - slot.readMs) < RESTS_MS;
      return isNew || !heavy.mayWorkFor(runner) ? cached.trail() : read(slot, key, log, sight);
    } finally {
      slot.changing.unlock();
    }
  }

  private synchronized Slot slot(TrailKey key) {
    Slot slot = slots.computeIfAbsent(key, _ -> new Slot());
    if (slots.size() > MOST) {
      slots.remove(slots.keySet().iterator().next());
    }
    return slot;
  }

  /** Adds what has arrived, as far as it may; returns false if it does not fit at the end. */
  private boolean goesOn(CachedTrail cached, Runner runner, TrackReader log) {
    List<Position> page;
    do {
      if (!heavy.mayWorkFor(runner)) {
        return true;
      }
      if (!(log.after(new Feed.One(runner), cached.trail().seq(), PAGE)
          instanceof Page.Next(var next))) {
        return false;
      }
      page = next;
      heavy.count(runner, page.size() * READ_NANOS);
      List<Position> arrived = page;
      if (!arrived.isEmpty() && !heavy.beginFor(runner, () -> cached.goOn(arrived))) {
        return false;
      }
    } while (page.size() == PAGE);
    return true;
  }

  /** A trail that is read while the sight changes may be a mixture, and is not kept. */
  private Trail read(Slot slot, TrailKey key, TrackReader log, Supplier<String> sight) {
    heavy.checkShare(key.runner);
    CachedTrail cached = heavy.beginFor(key.runner, () -> new CachedTrail(key.runner));
    reads.acquireUninterruptibly();
    try {
      slot.readMs = clock.millis();
      PresentRun run = PresentRun.read(log, key.runner);
      heavy.count(key.runner, run.read() * READ_NANOS);
      if (run.newest().isEmpty()) {
        return Trail.NONE;
      }
      for (PointList points : run.past()) {
        heavy.goOnFor(key.runner, () -> cached.add(points));
      }
      heavy.goOnFor(key.runner, () -> cached.finish(run.newest()));
      slot.cached = sight.get().equals(key.sight) ? cached : null;
      return cached.trail();
    } finally {
      reads.release();
    }
  }

  public synchronized void forget(Runner runner) {
    slots.keySet().removeIf(key -> key.runner.equals(runner));
  }
}
