package dev.trackside.hub;

import static java.util.Comparator.comparingLong;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A share of the subscribers, and the messages for them in one order. A thread that puts a message
 * into an idle lane sees that it is drained; any other only leaves the message. The state of the
 * lane, and of all that is in it, belongs to the thread that drains.
 */
final class Lane {
  /** Something that the lane writes when it is due. */
  interface Beat {
    /** When the next write may leave, by the lane's clock. */
    long dueNanos();

    /** How many writes a flush takes. */
    int writes();

    void flush();
  }

  private static final int WRITE_BYTES = 128 * 1024;
  private static final int FULL = 16_384;
  private static final int LENT_WRITES = 2_000;
  private static final long LENT_NANOS = 5_000_000;
  private static final long WINDOW_NANOS = 10_000_000;
  private static final long BEAT_SLACK_NANOS = 1_000_000;

  private final Supplier<Turn> turns;
  private final Executor workers;
  private final ScheduledExecutorService timer;
  private final LongSupplier clock;
  private final Runnable borrowedDrain = this::drainBorrowed;
  private final Object door = new Object();
  private List<Runnable> inbox = new ArrayList<>();
  private List<Runnable> taken = new ArrayList<>();
  private int weight;
  private boolean draining;
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(WRITE_BYTES);
  private final List<Beat> ready = new ArrayList<>();
  private final PriorityQueue<Beat> beats = new PriorityQueue<>(comparingLong(Beat::dueNanos));
  private long nowNanos;
  private long windowNanos;
  private long lentNanos;
  private @Nullable Future<?> wake;
  private long wakeNanos;

  /**
   * @param clock tells nanoseconds, as {@link System#nanoTime} does
   */
  Lane(Supplier<Turn> turns, Executor workers, ScheduledExecutorService timer, LongSupplier clock) {
    this.turns = turns;
    this.workers = workers;
    this.timer = timer;
    this.clock = clock;
    this.nowNanos = clock.getAsLong();
    this.windowNanos = nowNanos;
  }

  /** Leaves a message. Any thread; never blocks on a subscriber. */
  void put(Runnable message) {
    put(message, 1);
  }

  /** Leaves a message that brings this many positions. */
  void put(Runnable message, int positions) {
    synchronized (door) {
      inbox.add(message);
      weight += positions;
      if (draining) {
        return;
      }
      draining = true;
    }
    if (!turns.get().take(borrowedDrain)) {
      workers.execute(() -> drain(false));
    }
  }

  boolean isFull() {
    synchronized (door) {
      return weight > FULL;
    }
  }

  private void drainBorrowed() {
    drain(true);
  }

  private void drain(boolean borrowed) {
    while (!ready.isEmpty() || takeInbox()) {
      nowNanos = clockNanos();
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

  /** Whether reading threads have lent so much time lately that a worker should take over. */
  private boolean isSpent() {
    long now = clockNanos();
    if (now - windowNanos > WINDOW_NANOS) {
      windowNanos = now;
      lentNanos = 0;
    }
    lentNanos += now - Math.max(nowNanos, windowNanos);
    nowNanos = now;
    return lentNanos > LENT_NANOS || ready.getLast().writes() > LENT_WRITES;
  }

  private boolean takeInbox() {
    synchronized (door) {
      draining = !inbox.isEmpty();
      weight = 0;
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
    for (Beat next = beats.peek();
        next != null && next.dueNanos() - nowNanos <= 0;
        next = beats.peek()) {
      ready.add(beats.remove());
    }
  }

  private void wakeForNextBeat() {
    Beat next = beats.peek();
    if (wake != null && (next == null || next.dueNanos() - wakeNanos < 0)) {
      wake.cancel(false);
      wake = null;
    }
    if (wake == null && next != null) {
      wakeNanos = next.dueNanos();
      long delayNanos = wakeNanos - clockNanos() + BEAT_SLACK_NANOS;
      wake = timer.schedule(() -> put(() -> wake = null), delayNanos, NANOSECONDS);
    }
  }

  /** Flushes a beat at the end of this drain, or when it is due. */
  void flushWhenDue(Beat beat) {
    if (beat.dueNanos() - nowNanos <= 0) {
      ready.add(beat);
    } else {
      beats.add(beat);
    }
  }

  void flushNow(Beat beat) {
    if (beats.remove(beat)) {
      ready.add(beat);
    }
  }

  void unschedule(Beat beat) {
    if (!beats.remove(beat)) {
      ready.remove(beat);
    }
  }

  /** When this drain began, or came to where time was last asked. */
  long nowNanos() {
    return nowNanos;
  }

  long clockNanos() {
    return clock.getAsLong();
  }

  /** An empty buffer for one write, valid until the next call. */
  ByteBuffer scratch() {
    return scratch.clear();
  }
}
