package dev.trackside.hub;

import dev.trackside.output.Sink;
import dev.trackside.track.Capacity;
import dev.trackside.track.Condition;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the positions of a log to those who follow them. Subscribers are spread over a few lanes;
 * each lane is drained by whoever finds it idle. It is full when more has come in than the lanes
 * keep up with. Safe for use by many threads.
 */
public final class Hub implements Capacity, AutoCloseable {
  private static final long TICK_SECONDS = 1;

  /** A lane and what is followed in it. */
  private record Part(Lane lane, Channels channels) {}

  private final InstantSource clock;
  private final Duration quietAfter;
  private final Condition.Source conditions;
  private final ScheduledExecutorService timer;
  private final Watchers watchers = new Watchers();
  private final List<Part> parts = new ArrayList<>();
  private final AtomicInteger entered = new AtomicInteger();
  private final AtomicInteger present = new AtomicInteger();
  private final ThreadLocal<Turn> turns = ThreadLocal.withInitial(Turn::new);
  private final ExecutorService workers;
  private final LogReads reads = new LogReads();
  private @Nullable Future<?> ticking;

  /**
   * Nobody is there yet, and nobody is told of quiet runners before {@link #start}.
   *
   * @param lanes over how many lanes subscribers are spread, 1 or more
   * @param timer runs the beats of paced feeds
   * @param quietAfter after how long without a position a runner counts as quiet
   * @param conditions what is known of runners beside their positions
   */
  public Hub(
      int lanes,
      ScheduledExecutorService timer,
      InstantSource clock,
      Duration quietAfter,
      Condition.Source conditions) {
    this.clock = clock;
    this.conditions = conditions;
    this.quietAfter = quietAfter;
    this.timer = timer;
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
      var lane = new Lane(turns::get, workers, timer);
      parts.add(new Part(lane, new Channels(lane, reads, this::notices)));
    }
  }

  private @Nullable NoticeSource notices(Feed feed, SubscribeOptions options) {
    return options.events()
        ? new PresenceTracker(feed, clock, quietAfter, watchers, conditions, options.view()::shows)
        : null;
  }

  /** Begins to look for runners who fall quiet. */
  public void start() {
    ticking =
        timer.scheduleAtFixedRate(
            () -> parts.forEach(part -> part.channels.tick()),
            TICK_SECONDS,
            TICK_SECONDS,
            TimeUnit.SECONDS);
  }

  /**
   * Lets a subscriber in, who follows nothing yet.
   *
   * @param sink the way out to them; {@link Subscriber#written} must be called when a part that had
   *     to wait has left
   * @param unreadable is run, on any thread, when the log could not be read for them: they should
   *     leave, and come back
   */
  public Subscriber enter(Sink sink, Runnable unreadable) {
    present.incrementAndGet();
    Part part = parts.get(Math.floorMod(entered.getAndIncrement(), parts.size()));
    return new Subscriber(
        part.lane,
        part.channels,
        reads,
        watchers,
        this::status,
        sink,
        unreadable,
        present::decrementAndGet);
  }

  /** Until {@link #release}, what this thread brings waits, so that it leaves as one batch. */
  public void hold() {
    turns.get().hold();
  }

  /** Ends {@link #hold}: this thread now drains the lanes that it found idle. */
  public void release() {
    turns.get().release();
  }

  @Override
  public boolean isFull() {
    for (Part part : parts) {
      if (part.lane.isFull()) {
        return true;
      }
    }
    return false;
  }

  /** Runs something once all lanes have worked off what is in them now. */
  @Override
  public void whenRoom(Runnable action) {
    var toGo = new AtomicInteger(parts.size());
    for (Part part : parts) {
      part.lane.put(
          () -> {
            if (toGo.decrementAndGet() == 0) {
              action.run();
            }
          });
    }
  }

  /**
   * How those in a feed are now.
   *
   * @param newest the newest position of any that is seen; null when there is none
   */
  public Status status(Feed feed, @Nullable Position newest) {
    Condition condition =
        switch (feed) {
          case Feed.One(Runner runner) -> conditions.of(runner);
          case Feed.Race _ -> Condition.UNKNOWN;
        };
    return Status.of(newest, condition, clock.millis(), quietAfter, watchers.of(feed));
  }

  /** How many subscribers there are. */
  public int subscribers() {
    return present.get();
  }

  /** How many channels follow the log for somebody. */
  public int channels() {
    return parts.stream().mapToInt(part -> part.channels.count()).sum();
  }

  @Override
  public void close() {
    if (ticking != null) {
      ticking.cancel(false);
    }
    reads.close();
    workers.shutdown();
  }
}
