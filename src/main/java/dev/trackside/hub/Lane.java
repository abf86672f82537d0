package dev.trackside.hub;

import static java.util.Comparator.comparingLong;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.trackside.track.Feed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A part of the spectators, and the messages for them in one order. Whoever puts a message into an
 * idle lane sees to it that it is drained; everybody else only leaves the message. All state of the
 * lane and of its audiences and viewers belongs to the one who drains.
 */
final class Lane {
  /** The most bytes of one write. */
  static final int WRITE_BYTES = 128 * 1024;

  private static final int CROWDED = 16_384;
  private static final int LENT_WRITES = 2_000;
  private static final long LENT_NANOS = 5_000_000;
  private static final long WINDOW_NANOS = 10_000_000;
  private static final long BEAT_SLACK_NANOS = 1_000_000;

  private record Key(Feed feed, Manner manner) {}

  private final Hub hub;
  private final Executor workers;
  private final ScheduledExecutorService timer;
  private final Object door = new Object();
  private List<Runnable> inbox = new ArrayList<>();
  private List<Runnable> taken = new ArrayList<>();
  private boolean draining;

  private final ByteBuffer scratch = ByteBuffer.allocateDirect(WRITE_BYTES);
  private final Map<Key, Audience> audiences = new ConcurrentHashMap<>();
  private final List<Audience> ready = new ArrayList<>();
  private final PriorityQueue<Audience> beats =
      new PriorityQueue<>(comparingLong(Audience::dueNanos));
  private long nowNanos = System.nanoTime();
  private long windowNanos = nowNanos;
  private long lentNanos;
  private @Nullable Future<?> wake;
  private long wakeNanos;

  Lane(Hub hub, Executor workers, ScheduledExecutorService timer) {
    this.hub = hub;
    this.workers = workers;
    this.timer = timer;
  }

  /** Leaves a message. Any thread; never waits for a spectator. */
  void put(Runnable message) {
    synchronized (door) {
      inbox.add(message);
      if (draining) {
        return;
      }
      draining = true;
    }
    if (!hub.turn().take(this)) {
      workers.execute(() -> drain(false));
    }
  }

  boolean crowded() {
    synchronized (door) {
      return inbox.size() > CROWDED;
    }
  }

  void drainBorrowed() {
    drain(true);
  }

  private void drain(boolean borrowed) {
    while (!ready.isEmpty() || takeInbox()) {
      nowNanos = System.nanoTime();
      runTaken();
      readyDueBeats();
      while (!ready.isEmpty()) {
        if (borrowed && isSpent()) {
          workers.execute(() -> drain(false));
          return;
        }
        guarded(ready.removeLast()::flush);
      }
      wakeForNextBeat();
    }
  }

  /** Whether the readers have lent so much of their time lately that a worker should take over. */
  private boolean isSpent() {
    long now = System.nanoTime();
    if (now - windowNanos > WINDOW_NANOS) {
      windowNanos = now;
      lentNanos = 0;
    }
    lentNanos += now - Math.max(nowNanos, windowNanos);
    nowNanos = now;
    return lentNanos > LENT_NANOS || ready.getLast().size() > LENT_WRITES;
  }

  private boolean takeInbox() {
    synchronized (door) {
      draining = !inbox.isEmpty();
      List<Runnable> empty = taken;
      taken = inbox;
      inbox = empty;
      return draining;
    }
  }

  private void runTaken() {
    for (int i = 0; i < taken.size(); i++) {
      guarded(taken.get(i));
    }
    taken.clear();
  }

  private static void guarded(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException | Error e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  private void readyDueBeats() {
    for (Audience next = beats.peek();
        next != null && next.dueNanos() - nowNanos <= 0;
        next = beats.peek()) {
      ready.add(beats.remove());
    }
  }

  private void wakeForNextBeat() {
    Audience next = beats.peek();
    if (wake != null && (next == null || next.dueNanos() - wakeNanos < 0)) {
      wake.cancel(false);
      wake = null;
    }
    if (wake == null && next != null) {
      wakeNanos = next.dueNanos();
      long delayNanos = wakeNanos - System.nanoTime() + BEAT_SLACK_NANOS;
      wake = timer.schedule(() -> put(() -> wake = null), delayNanos, NANOSECONDS);
    }
  }

  /** Something waits in an audience: it is flushed at the end of this drain, or at its beat. */
  void flushWhenDue(Audience audience) {
    if (audience.dueNanos() - nowNanos <= 0) {
      ready.add(audience);
    } else {
      beats.add(audience);
    }
  }

  void flushNow(Audience audience) {
    if (beats.remove(audience)) {
      ready.add(audience);
    }
  }

  void unschedule(Audience audience) {
    if (!beats.remove(audience)) {
      ready.remove(audience);
    }
  }

  /**
   * The audience of a feed, made when there is none: from now on it is told what arrives, and it
   * stays until {@link #release}. Any thread.
   */
  Audience reserve(Feed feed, Manner manner) {
    return audiences.compute(
        new Key(feed, manner),
        (_, known) -> {
          Audience audience = known == null ? new Audience(hub, this, feed, manner) : known;
          audience.reserve(1);
          return audience;
        });
  }

  void release(Audience audience) {
    audience.reserve(-1);
    dissolveIfEmpty(audience);
  }

  void dissolveIfEmpty(Audience audience) {
    audiences.computeIfPresent(
        new Key(audience.feed(), audience.manner()),
        (_, known) -> {
          if (!known.isEmpty()) {
            return known;
          }
          known.dissolve();
          unschedule(known);
          return null;
        });
  }

  /** Once a second: looks whether runners have fallen quiet. */
  void tick() {
    if (!audiences.isEmpty()) {
      put(() -> audiences.values().forEach(Audience::tick));
    }
  }

  int audiences() {
    return audiences.size();
  }

  long nowNanos() {
    return nowNanos;
  }

  /** Room for one write, empty. Holds good until the next call. */
  ByteBuffer scratch() {
    return scratch.clear();
  }
}
