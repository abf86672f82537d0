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
 * The trails of those whom people look at: read from the log and simplified once for all who ask,
 * and kept for a while. Each answer is held against the log first, so that nothing is told that it
 * does not tell any more. Of more than 500 the one that nobody has asked for the longest is
 * forgotten. Safe for use by many threads.
 */
public final class Trails {
  private static final int MOST = 500;

  /** Readings at a time: a run may be long. */
  private static final int READINGS = 4;

  /**
   * @param sight tells apart what different people see of them, or what is hidden of them
   */
  private record Of(Runner runner, String sight) {}

  private static final class Place {
    final ReentrantLock reading = new ReentrantLock();
    volatile @Nullable CachedTrail cached;

    Optional<Trail> now(TrackReader log, long nowMs) {
      CachedTrail one = cached;
      return one == null ? Optional.empty() : one.now(log, nowMs);
    }
  }

  private final InstantSource clock;
  private final Semaphore readings = new Semaphore(READINGS);
  private final Map<Of, Place> places = new LinkedHashMap<>(16, 0.75f, true);

  public Trails(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * The trail of a runner at present. May wait for the log.
   *
   * @param log what whoever asks may see
   * @param sight differs whenever it shows something else of the runner
   */
  public Trail of(Runner runner, TrackReader log, Supplier<String> sight) {
    var key = new Of(runner, sight.get());
    Place place = place(key);
    Optional<Trail> now = place.now(log, clock.millis());
    if (now.isPresent()) {
      return now.get();
    }
    place.reading.lock();
    try {
      return place.now(log, clock.millis()).orElseGet(() -> read(place, key, log, sight));
    } finally {
      place.reading.unlock();
    }
  }

  private synchronized Place place(Of key) {
    Place place = places.computeIfAbsent(key, _ -> new Place());
    if (places.size() > MOST) {
      places.remove(places.keySet().iterator().next());
    }
    return place;
  }

  /** What was read while the sight changed is of neither, and is not kept. */
  private Trail read(Place place, Of key, TrackReader log, Supplier<String> sight) {
    readings.acquireUninterruptibly();
    try {
      long nowMs = clock.millis();
      List<Position> run = PresentRun.read(log, key.runner);
      if (run.isEmpty()) {
        return Trail.NONE;
      }
      StoredTrail stored = StoredTrail.of(run);
      place.cached = sight.get().equals(key.sight) ? new CachedTrail(stored, nowMs) : null;
      return stored.trail();
    } finally {
      readings.release();
    }
  }

  /** Drops what is kept of a runner. */
  public synchronized void forget(Runner runner) {
    places.keySet().removeIf(of -> of.runner.equals(runner));
  }
}
