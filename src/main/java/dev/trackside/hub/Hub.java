package dev.trackside.hub;

import dev.trackside.connection.Sink;
import dev.trackside.memory.MemoryBudget;
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
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the positions of a log to subscribers. They are spread over a few lanes; the thread that
 * finds a lane idle drains it. The hub is full while more arrives than the lanes keep up with. Safe
 * for use by many threads.
 */
public final class Hub implements Capacity, AutoCloseable {
  private static final long TICK_SECONDS = 1;

  private final InstantSource clock;
  private final Duration quietAfter;
  private final Condition.Source conditions;
  private final ScheduledExecutorService timer;
  private final Watchers watchers = new Watchers();
  private final List<Channels> lanes = new ArrayList<>();
  private final AtomicInteger entered = new AtomicInteger();
  private final AtomicInteger present = new AtomicInteger();
  private final ThreadLocal<Turn> turns = ThreadLocal.withInitial(Turn::new);
  private final ExecutorService workers;
  private final LogReads reads = new LogReads(Executors.newVirtualThreadPerTaskExecutor());
  private @Nullable Future<?> ticking;

  /**
   * Creates a hub without subscribers, which reports no quiet runners before {@link #start}.
   *
   * @param laneCount how many lanes to spread subscribers over, 1 or more
   * @param timer runs the beats of paced feeds
   * @param quietAfter how long without a position makes a runner quiet
   * @param conditions what is known of runners beside their positions
   * @param memory bounds what is held for subscribers who make writes wait
   */
  public Hub(
      int laneCount,
      ScheduledExecutorService timer,
      InstantSource clock,
      Duration quietAfter,
      Condition.Source conditions,
      MemoryBudget memory) {
    this.clock = clock;
    this.conditions = conditions;
    this.quietAfter = quietAfter;
    this.timer = timer;
    this.workers =
        new ThreadPoolExecutor(
            laneCount,
            laneCount,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("lane-", 0).daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy()); // a closed hub has nothing left to deliver
    for (int i = 0; i < laneCount; i++) {
      var slow = new SlowReaders(memory.openForLive(laneCount));
      lanes.add(
          new Channels(
              new Lane(turns::get, workers, timer, System::nanoTime), reads, slow, this::status));
    }
  }

  /** Begins to watch for runners who fall quiet. */
  public void start() {
    ticking =
        timer.scheduleAtFixedRate(
            () -> lanes.forEach(Channels::tick), TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Adds a subscriber that follows nothing yet.
   *
   * @param sink where to write; {@link Subscriber#written} must be called when a write that had to
   *     wait is done
   * @param comeBack runs, on any thread, when the log could not be read for this subscriber, or the
   *     budget is used up: it should leave and come back
   */
  public Subscriber enter(Sink sink, Runnable comeBack) {
    present.incrementAndGet();
    Channels lane = lanes.get(Math.floorMod(entered.getAndIncrement(), lanes.size()));
    return new Subscriber(lane, watchers, sink, comeBack, present::decrementAndGet);
  }

  /** Holds back what this thread brings until {@link #release}, so that it leaves as one batch. */
  public void hold() {
    turns.get().hold();
  }

  /** Ends {@link #hold}: this thread drains the lanes that it found idle. */
  public void release() {
    turns.get().release();
  }

  @Override
  public boolean isFull() {
    for (Channels channels : lanes) {
      if (channels.lane.isFull()) {
        return true;
      }
    }
    return false;
  }

  /** Runs an action once all lanes have worked off what is in them now. */
  @Override
  public void whenRoom(Runnable action) {
    var toGo = new AtomicInteger(lanes.size());
    for (Channels channels : lanes) {
      channels.lane.put(
          () -> {
            if (toGo.decrementAndGet() == 0) {
              action.run();
            }
          });
    }
  }

  /** The present status of a runner or a race, by the newest visible position, if any. */
  public Status status(Feed feed, @Nullable Position newest) {
    Condition condition =
        feed instanceof Feed.One(Runner runner) ? conditions.of(runner) : Condition.UNKNOWN;
    return Status.of(newest, condition, clock.millis(), quietAfter, watchers.of(feed));
  }

  public int subscribers() {
    return present.get();
  }

  /** How many channels follow the log. */
  public int channels() {
    return lanes.stream().mapToInt(Channels::count).sum();
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
