package dev.trackside.hub;

import dev.trackside.track.Condition;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Brings the positions of a log to those who follow them. Spectators are spread over a few lanes;
 * each lane is drained by whoever finds it idle. Safe for use by many threads.
 */
public final class Hub implements AutoCloseable {
  private static final long TICK_SECONDS = 1;

  private final InstantSource clock;
  private final Duration quietAfter;
  private final Condition condition;
  private final Watchers watchers = new Watchers();
  private final List<Lane> lanes = new ArrayList<>();
  private final AtomicInteger entered = new AtomicInteger();
  private final AtomicInteger present = new AtomicInteger();
  private final ThreadLocal<Turn> turns = ThreadLocal.withInitial(Turn::new);
  private final ExecutorService workers;
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
  private final Future<?> ticking;
  private volatile boolean closed;

  /**
   * @param lanes over how many lanes spectators are spread, 1 or more
   * @param timer runs the beats of paced feeds
   * @param quietAfter after how long without a position a runner counts as quiet
   * @param condition what is known of runners beside their positions
   */
  public Hub(
      int lanes,
      ScheduledExecutorService timer,
      InstantSource clock,
      Duration quietAfter,
      Condition condition) {
    this.clock = clock;
    this.condition = condition;
    this.quietAfter = quietAfter;
    this.workers =
        new ThreadPoolExecutor(
            lanes,
            lanes,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("lane-", 0).daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy()); // after closing there is nobody to tell
    for (int i = 0; i < lanes; i++) {
      this.lanes.add(new Lane(this, workers, timer));
    }
    this.ticking =
        timer.scheduleAtFixedRate(
            () -> this.lanes.forEach(Lane::tick), TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Lets a spectator in, who follows nothing yet.
   *
   * @param way the way out to him: takes bytes without waiting, one at a time. It returns true when
   *     all of them have left; false when it keeps a copy of the rest, and then {@link
   *     Viewer#written} must be called once that has left
   * @param unreadable is run, on any thread, when the log could not be read for him: he should
   *     leave, and come back
   */
  public Viewer enter(Predicate<ByteBuffer> way, Runnable unreadable) {
    present.incrementAndGet();
    int lane = Math.floorMod(entered.getAndIncrement(), lanes.size());
    return new Viewer(this, lanes.get(lane), way, unreadable);
  }

  /** Until {@link #release}, what this thread brings waits, so that it leaves as one batch. */
  public void hold() {
    turns.get().hold();
  }

  /** Ends {@link #hold}: this thread now drains the lanes that it found idle. */
  public void release() {
    turns.get().release();
  }

  /** Whether more has come in than the lanes keep up with: then publishers should wait. */
  public boolean isCrowded() {
    for (Lane lane : lanes) {
      if (lane.crowded()) {
        return true;
      }
    }
    return false;
  }

  /** Runs something, on any thread, once all lanes have worked off what is in them now. */
  public void whenCalm(Runnable action) {
    var toGo = new AtomicInteger(lanes.size());
    for (Lane lane : lanes) {
      lane.put(
          () -> {
            if (toGo.decrementAndGet() == 0) {
              action.run();
            }
          });
    }
  }

  /** How those in a feed are now, by the newest position of any. Waits for the log. */
  public Status status(Feed feed, TrackLog source) {
    List<Position> newest = source.latest(feed, 1);
    Position last = newest.isEmpty() ? null : newest.getLast();
    int watching = watchers.of(feed);
    return switch (feed) {
      case Feed.One(Runner runner) -> statusOf(runner, last, watching);
      case Feed.Race _ ->
          Status.of(last, Status.Beside.NOTHING, clock.millis(), quietAfter, watching);
    };
  }

  private Status statusOf(Runner runner, @Nullable Position newest, int watching) {
    var beside = Status.Beside.of(runner, condition);
    return Status.of(newest, beside, clock.millis(), quietAfter, watching);
  }

  /** How many spectators there are. */
  public int present() {
    return present.get();
  }

  /** How many feeds the lanes follow for somebody. */
  public int audiences() {
    return lanes.stream().mapToInt(Lane::audiences).sum();
  }

  Watchers watchers() {
    return watchers;
  }

  Turn turn() {
    return turns.get();
  }

  /**
   * @param shown of whom may be told; who is not shown any longer is forgotten
   */
  Vigil newVigil(Predicate<Runner> shown) {
    return new Vigil(clock, quietAfter, watchers, condition, shown);
  }

  /** Runs what may wait for the log; and what is to be done when the log cannot be read. */
  void read(Runnable reading, Runnable failed) {
    if (!closed) {
      readers.execute(
          () -> {
            try {
              reading.run();
            } catch (UncheckedIOException e) {
              failed.run();
            }
          });
    }
  }

  void left() {
    present.decrementAndGet();
  }

  @Override
  public void close() {
    closed = true;
    ticking.cancel(false);
    readers.shutdownNow();
    workers.shutdown();
  }
}
