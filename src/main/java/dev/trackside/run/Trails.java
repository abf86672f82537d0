package dev.trackside.run;

import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache of trails: each is read from the log and simplified once for all who ask, and kept for a
 * while. Every answer is checked against the log first, so that it holds nothing the log has
 * dropped. The 500 trails that were asked for last are kept. Safe for use by many threads.
 */
public final class Trails {
  private static final int MOST = 500;

  /** Concurrent reads: a run may be long. */
  private static final int READS = 4;

  /**
   * @param sight distinguishes what different people see of the runner
   */
  private record TrailKey(Runner runner, String sight) {}

  private static final class Slot {
    final ReentrantLock reading = new ReentrantLock();
    volatile @Nullable CachedTrail cached;

    Optional<Trail> now(TrackReader log, long nowMs) {
      CachedTrail trail = cached;
      return trail == null ? Optional.empty() : trail.now(log, nowMs);
    }
  }

  private final InstantSource clock;
  private final Semaphore reads = new Semaphore(READS);
  private final Map<TrailKey, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

  public Trails(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A runner's trail at present. May wait for the log.
   *
   * @param log what the asker may see
   * @param sight changes whenever the log shows something else of the runner
   */
  public Trail of(Runner runner, TrackReader log, Supplier<String> sight) {
    var key = new TrailKey(runner, sight.get());
    Slot slot = slot(key);
    Optional<Trail> now = slot.now(log, clock.millis());
    if (now.isPresent()) {
      return now.get();
    }
    slot.reading.lock();
    try {
      return slot.now(log, clock.millis()).orElseGet(() -> read(slot, key, log, sight));
    } finally {
      slot.reading.unlock();
    }
  }

  private synchronized Slot slot(TrailKey key) {
    Slot slot = slots.computeIfAbsent(key, _ -> new Slot());
    if (slots.size() > MOST) {
      slots.remove(slots.keySet().iterator().next());
    }
    return slot;
  }

  /** A trail that is read while the sight changes may be a mixture, and is not kept. */
  private Trail read(Slot slot, TrailKey key, TrackReader log, Supplier<String> sight) {
    reads.acquireUninterruptibly();
    try {
      long nowMs = clock.millis();
      List<Position> run = PresentRun.read(log, key.runner);
      if (run.isEmpty()) {
        return Trail.NONE;
      }
      var read = new CachedTrail(run, nowMs);
      slot.cached = sight.get().equals(key.sight) ? read : null;
      return read.trail();
    } finally {
      reads.release();
    }
  }

  public synchronized void forget(Runner runner) {
    slots.keySet().removeIf(key -> key.runner.equals(runner));
  }
}
