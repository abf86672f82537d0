package dev.trackside.hub;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.log.MemoryTrackLog;
import dev.trackside.memory.MemoryBudget;
import dev.trackside.support.Fixes;
import dev.trackside.track.Condition;
import dev.trackside.track.Feed;
import dev.trackside.track.Follower;
import dev.trackside.track.Following;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.View;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What replays cost: reads of the log, and memory while a subscriber makes them wait. */
class ReplayTest {
  /** What is taken at once. */
  private static final int LUMP_BYTES = 64 * 1024;

  private static final int BUDGET_BYTES = 10 * LUMP_BYTES;
  private static final int PLENTY = 1 << 20;
  private static final int LONG = 2_000;

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final MemoryTrackLog log =
      new MemoryTrackLog(
          InstantSource.system(), new AtomicLong()::incrementAndGet, MemoryTrackLog.USUAL);
  private final MemoryBudget memory = new MemoryBudget(BUDGET_BYTES);
  private final Hub hub =
      new Hub(
          1, timer, InstantSource.system(), Duration.ofSeconds(60), _ -> Condition.UNKNOWN, memory);
  private final GuardedLog view = new GuardedLog();

  /** The log, where each read needs a permit. */
  private final class GuardedLog implements View {
    final Semaphore permits = new Semaphore(PLENTY);
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger waiting = new AtomicInteger();
    final AtomicInteger longReads = new AtomicInteger();
    final AtomicInteger mostLongReads = new AtomicInteger();

    private void enter() {
      waiting.incrementAndGet();
      permits.acquireUninterruptibly();
      waiting.decrementAndGet();
      reads.incrementAndGet();
    }

    @Override
    public Following follow(Feed feed, Follower follower) {
      return log.follow(feed, follower);
    }

    @Override
    public List<Position> latest(Feed feed, int each) {
      int longs = each < LONG ? 0 : longReads.incrementAndGet();
      mostLongReads.accumulateAndGet(longs, Math::max);
      enter();
      List<Position> latest = log.latest(feed, each);
      if (each >= LONG) {
        longReads.decrementAndGet();
      }
      return latest;
    }

    @Override
    public List<Position> newest(Collection<Runner> runners) {
      return log.newest(runners);
    }

    @Override
    public Page after(Feed feed, long seq, int limit) {
      enter();
      return log.after(feed, seq, limit);
    }

    @Override
    public List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit) {
      return log.between(runner, fromMs, fromSeq, toMs, limit);
    }

    @Override
    public Set<Runner> runners(Feed.Race race) {
      return log.latest(race, 1).stream().map(Position::runner).collect(toSet());
    }

    @Override
    public boolean shows(Runner runner) {
      return true;
    }

    @Override
    public boolean shows(Position position) {
      return true;
    }
  }

  @AfterEach
  void stop() {
    hub.close();
    timer.shutdownNow();
    log.close();
  }

  private void append(String runner, int count) {
    for (int i = 0; i < count; i++) {
      log.append(new Runner(runner), List.of(Fixes.at(i % 90, 0)));
    }
  }

  private Spectator stuck(String feed, int trail) throws InterruptedException {
    var spectator = new Spectator(hub, view);
    spectator.clog();
    spectator.follow(feed, new Start.Recent(trail));
    spectator.next();
    spectator.calm();
    return spectator;
  }

  @Test
  void whoMakesTheirTrailWaitHoldsAPieceOfItAndGetsAllOfIt() throws Exception {
    append("anna", 3_000);
    for (int i = 0; i < 10; i++) {
      append("berlin/" + i, 100);
    }
    Spectator one = stuck("anna", 2_000);
    assertThat(memory.takenBytes()).isEqualTo(LUMP_BYTES);
    Spectator race = stuck("berlin/*", 90);
    assertThat(memory.takenBytes()).isEqualTo(3L * LUMP_BYTES);
    one.unclog();
    race.unclog();
    assertThat(one.next(1_999)).doesNotHaveDuplicates();
    assertThat(race.next(899)).doesNotHaveDuplicates();
    await().untilAsserted(() -> assertThat(memory.takenBytes()).isZero());
    assertThat(one.rest()).isEmpty();
    assertThat(race.rest()).isEmpty();
  }

  @Test
  void manyFeedsOfOneSubscriberWaitInTurn() throws Exception {
    for (int i = 0; i < 20; i++) {
      append("runner" + i, 100);
    }
    Spectator slow = stuck("runner0", 100);
    for (int i = 1; i < 20; i++) {
      slow.follow("runner" + i, new Start.Recent(100));
    }
    slow.calm();
    assertThat(memory.takenBytes()).isEqualTo(LUMP_BYTES);
    slow.unclog();
    assertThat(slow.next(1_999)).doesNotHaveDuplicates();
  }

  @Test
  void whoMakesTheServerWaitLongestComesBackAndTheOthersAndTheLiveStay() throws Exception {
    append("anna", 300);
    var live = new Spectator(hub, view);
    live.follow("bob", new Start.Recent(0));
    Spectator longest = stuck("anna", 300);
    var others = new ArrayList<Spectator>();
    while (!longest.rest().contains("unreadable")) {
      assertThat(others).hasSizeLessThan(25);
      others.add(stuck("anna", 300));
      assertThat(memory.takenBytes()).isLessThanOrEqualTo(BUDGET_BYTES);
    }
    assertThat(others).hasSize(20);
    append("bob", 1);
    assertThat(live.next()).startsWith("bob");
    longest.subscriber.leave();
    for (Spectator one : others) {
      assertThat(one.rest()).doesNotContain("unreadable");
      one.subscriber.leave();
    }
    await().untilAsserted(() -> assertThat(memory.takenBytes()).isZero());
  }

  @Test
  void thoseWhoJoinWhileTheLogIsReadShareTheNextRead() throws Exception {
    append("berlin/1", 10);
    view.permits.drainPermits();
    var crowd = new ArrayList<Spectator>();
    for (int i = 0; i < 100; i++) {
      var one = new Spectator(hub, view);
      one.follow("berlin/*", new Start.Recent(5));
      crowd.add(one);
    }
    crowd.getLast().calm();
    view.permits.release(PLENTY);
    for (Spectator one : crowd) {
      assertThat(one.next(5)).hasSize(5);
    }
    assertThat(view.reads.get()).isLessThanOrEqualTo(LogReads.AT_ONCE + 1);
  }

  @Test
  void ofLongTrailsOneIsInMemoryAtATimeAndShortOnesDoNotWaitForThem() throws Exception {
    append("anna", 10);
    append("bob", 10);
    view.permits.drainPermits();
    var crowd = new ArrayList<Spectator>();
    for (int i = 0; i < 2 * LogReads.AT_ONCE; i++) {
      var one = new Spectator(hub, view);
      one.follow("anna", new Start.Recent(LONG + i));
      crowd.add(one);
    }
    var honest = new Spectator(hub, view);
    honest.follow("bob", new Start.Recent(3));
    await().until(() -> view.waiting.get() == 2);
    view.permits.release(PLENTY);
    assertThat(honest.next(3)).hasSize(3);
    for (Spectator one : crowd) {
      assertThat(one.next(10)).hasSize(10);
    }
    assertThat(view.mostLongReads.get()).isEqualTo(1);
  }

  @Test
  void readsForThoseWhoHaveUnfollowedOrLeftAreDropped() throws Exception {
    append("anna", 10);
    append("bob", 10);
    view.permits.drainPermits();
    var fickle = new Spectator(hub, view);
    var begun = new Phaser(1);
    for (int i = 0; i < 1_000; i++) {
      begun.register();
      fickle.subscriber.follow(
          Feed.of("anna"),
          fickle.paced(Duration.ZERO),
          new Start.Recent(1 + i),
          begun::arriveAndDeregister);
      fickle.subscriber.unfollow(Feed.of("anna"));
    }
    var gone = new Spectator(hub, view);
    gone.follow("anna", new Start.Recent(7));
    gone.subscriber.leave();
    fickle.calm();
    assertThat(begun.getRegisteredParties()).isEqualTo(1);
    assertThat(view.waiting.get()).isLessThanOrEqualTo(LogReads.AT_ONCE);
    var honest = new Spectator(hub, view);
    honest.follow("bob", new Start.Recent(3));
    view.permits.release(PLENTY);
    assertThat(honest.next(3)).hasSize(3);
    assertThat(view.reads.get()).isLessThanOrEqualTo(LogReads.AT_ONCE + 1);
    assertThat(fickle.rest()).isEmpty();
  }
}
