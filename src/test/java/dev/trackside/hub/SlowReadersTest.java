package dev.trackside.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.log.MemoryTrackLog;
import dev.trackside.memory.MemoryBudget;
import dev.trackside.support.Fixes;
import dev.trackside.support.WholeView;
import dev.trackside.track.Condition;
import dev.trackside.track.Runner;
import dev.trackside.track.View;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What slow live readers make the server hold is bounded for all of them together. */
class SlowReadersTest {
  private static final int BUDGET_BYTES = 1_000_000;

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final MemoryTrackLog log =
      new MemoryTrackLog(
          InstantSource.system(), new AtomicLong()::incrementAndGet, MemoryTrackLog.USUAL);
  private final MemoryBudget memory = new MemoryBudget(BUDGET_BYTES);
  private final Hub hub =
      new Hub(
          1, timer, InstantSource.system(), Duration.ofSeconds(60), _ -> Condition.UNKNOWN, memory);
  private final View view = new WholeView(log);

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

  /** Somebody who has had the newest position, and gets everything that comes after it. */
  private Spectator live(String feed) throws InterruptedException {
    append(feed.replace('*', '0'), 1);
    var spectator = new Spectator(hub, view);
    spectator.follow(feed, new Start.Recent(1));
    spectator.next();
    spectator.calm();
    return spectator;
  }

  private Spectator stuck(String feed) throws InterruptedException {
    Spectator spectator = live(feed);
    spectator.clog();
    return spectator;
  }

  @Test
  void whatWaitsForManyIsHeldOnce() throws Exception {
    var crowd = new ArrayList<Spectator>();
    for (int i = 0; i < 50; i++) {
      crowd.add(stuck("anna"));
    }
    append("anna", 1);
    crowd.getLast().calm(); // each has a write under way, of its own and small
    append("anna", 199);
    crowd.getLast().calm();
    assertThat(memory.takenBytes()).isBetween(200_000L, (long) BUDGET_BYTES);
    for (Spectator one : crowd) {
      one.unclog();
      assertThat(one.rest()).doesNotContain("unreadable");
    }
    await().untilAsserted(() -> assertThat(memory.takenBytes()).isZero());
  }

  @Test
  void writesThatWaitAreHeldAndTheLongestWaitingIsSentAway() throws Exception {
    Spectator quick = live("q/*");
    var stuck = new ArrayList<Spectator>();
    for (int i = 0; i < 30; i++) {
      stuck.add(stuck("runner" + i));
      append("runner" + i, 100);
      stuck.getLast().calm();
      assertThat(memory.takenBytes()).isLessThanOrEqualTo(BUDGET_BYTES);
      append("q/1", 1);
      assertThat(quick.next()).startsWith("q/1");
    }
    assertThat(stuck.getFirst().rest()).contains("unreadable");
    assertThat(stuck.getLast().rest()).doesNotContain("unreadable");
    for (Spectator one : stuck) {
      one.subscriber.leave();
    }
    await().untilAsserted(() -> assertThat(memory.takenBytes()).isZero());
    append("q/1", 1);
    assertThat(quick.next()).startsWith("q/1");
  }

  @Test
  void whatASlowReaderHasMissedOfARaceIsHeldToo() throws Exception {
    Spectator quick = live("r/*");
    Spectator slow = stuck("r/*");
    for (int i = 0; i < 5_000; i++) {
      append("r/" + i, 1);
      if (i % 100 == 0) {
        quick.calm();
      }
    }
    assertThat(quick.next(5_001)).hasSize(5_001);
    assertThat(slow.rest()).contains("unreadable");
    assertThat(quick.rest()).isEmpty();
    await().untilAsserted(() -> assertThat(memory.takenBytes()).isZero());
  }

  @Test
  void callsThatHoldAllTheyMayLeaveRoomForTheLive() throws Exception {
    try (var calls = memory.open()) {
      while (calls.take(1_000)) {}
      Spectator live = live("anna");
      live.clog();
      append("anna", 50);
      live.calm();
      live.unclog();
      assertThat(live.rest()).isNotEmpty().doesNotContain("unreadable");
    }
  }
}
