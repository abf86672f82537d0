package dev.trackside.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.log.MemoryTrackLog;
import dev.trackside.memory.MemoryBudget;
import dev.trackside.support.Fixes;
import dev.trackside.support.WholeView;
import dev.trackside.track.Condition;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import dev.trackside.track.View;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Order, gaps and pacing with slow spectators, racing events, and erased runners. */
class HubTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final MemoryTrackLog log =
      new MemoryTrackLog(
          InstantSource.system(), new AtomicLong()::incrementAndGet, MemoryTrackLog.USUAL);
  private final View view = new WholeView(log);
  private final MemoryBudget memory = new MemoryBudget(1L << 40);
  private final Hub hub =
      new Hub(1, timer, InstantSource.system(), LONG, _ -> Condition.UNKNOWN, memory);

  @AfterEach
  void stop() {
    hub.close();
    timer.shutdownNow();
    log.close();
  }

  private long append(String runner, int count) {
    long seq = 0;
    for (int i = 0; i < count; i++) {
      seq =
          switch (log.append(new Runner(runner), List.of(Fixes.at(i % 90, 0)))
              .toCompletableFuture()
              .join()
              .getFirst()) {
            case Verdict.Accepted(long number) -> number;
            case Verdict.Late(long number) -> number;
            default -> throw new AssertionError("not accepted");
          };
    }
    return seq;
  }

  private static List<String> lines(String runner, long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(seq -> runner + " " + seq).toList();
  }

  @Test
  void whatComesWhileAReplayEndsComesBehindIt() throws Exception {
    long old = append("anna", 100);
    var slow = new Spectator(hub, view);
    slow.clog();
    slow.follow("anna", new Start.Recent(100));
    var seen = new ArrayList<>(slow.next(1));
    append("anna", 100);
    for (int i = 0; i < 5; i++) {
      slow.letOneLeave();
    }
    long last = append("anna", 1);
    for (int i = 0; i < 20; i++) {
      slow.letOneLeave();
    }
    slow.unclog();
    seen.addAll(slow.next((int) (last - old) + 99));
    assertThat(seen).containsExactlyElementsOf(lines("anna", old - 99, last));
  }

  @Test
  void whatIsHiddenOnceIsAskedForOnce() throws Exception {
    long old = append("anna", 100);
    var slow = new Spectator(hub, view);
    Set<Long> own = ConcurrentHashMap.newKeySet();
    slow.subscriber.hide(position -> own.remove(position.seq()));
    slow.clog();
    slow.follow("anna", new Start.Recent(100));
    var seen = new ArrayList<>(slow.next(1));
    own.add(old + 10);
    own.add(old + 90);
    append("anna", 100);
    slow.unclog();
    seen.addAll(slow.next(197));
    List<String> others = new ArrayList<>(lines("anna", old - 99, old + 100));
    others.removeAll(List.of("anna " + (old + 10), "anna " + (old + 90)));
    assertThat(seen).containsExactlyElementsOf(others);
  }

  @Test
  void whoComesToANewRunnerMissesNothingOfAGreatBurst() throws Exception {
    var spectator = new Spectator(hub, view);
    hub.hold();
    spectator.follow("anna", new Start.Recent(1));
    long last = append("anna", 3_000);
    hub.release();
    assertThat(spectator.next(3_000)).containsExactlyElementsOf(lines("anna", last - 2_999, last));
  }

  @Test
  void greatBurstSwallowsNoTrail() throws Exception {
    long first = append("anna", 1);
    var spectator = new Spectator(hub, view);
    hub.hold();
    spectator.follow("anna", new Start.Recent(1));
    long last = append("anna", 3_000);
    hub.release();
    assertThat(spectator.next(3_001)).containsExactlyElementsOf(lines("anna", first, last));
  }

  @Test
  void whatIsLeftOutFirstFollowsWhatTheLogHadBefore() throws Exception {
    long first = append("berlin/1", 1);
    var spectator = new Spectator(hub, view);
    spectator.subscriber.follow(Feed.of("berlin/*"), spectator.paced(LONG), new Start.Recent(1));
    assertThat(spectator.next()).isEqualTo("berlin/1 " + first);
    spectator.calm();
    hub.hold();
    long last = append("berlin/1", 3);
    hub.release();
    assertThat(spectator.next()).isEqualTo("berlin/1 " + last + " 2 " + first);
  }

  @Test
  void nothingOfAnErasedRunnerIsSentToTheSlow() throws Exception {
    append("anna", 1);
    var slow = new Spectator(hub, view);
    slow.follow("anna", new Start.Recent(1));
    slow.next();
    slow.calm();
    slow.clog();
    append("anna", 400);
    slow.calm();
    slow.rest();
    log.forget(new Runner("anna"));
    slow.unclog();
    assertThat(slow.rest()).containsExactly("erased anna");
  }

  @Test
  void nothingOfAnErasedRunnerIsSentToThoseWhoTurnSlowAfterwards() throws Exception {
    append("berlin/1", 1);
    var slow = new Spectator(hub, view);
    slow.follow("berlin/*", new Start.Recent(1));
    slow.next();
    slow.calm();
    slow.clog();
    append("berlin/1", 1);
    slow.rest();
    append("berlin/1", 10);
    log.forget(new Runner("berlin/1"));
    long last = append("berlin/2", 400);
    slow.unclog();
    assertThat(slow.rest())
        .hasSize(2)
        .startsWith("erased berlin/1")
        .last()
        .asString()
        .startsWith("berlin/2 " + last);
  }

  @Test
  void replayStopsWithTheRunnerWhoIsErased() throws Exception {
    append("berlin/1", 100);
    append("berlin/2", 1);
    var slow = new Spectator(hub, view);
    slow.clog();
    slow.follow("berlin/*", new Start.Recent(100));
    slow.next(32);
    log.forget(new Runner("berlin/1"));
    slow.unclog();
    assertThat(slow.next(2)).startsWith("erased berlin/1").last().asString().startsWith("berlin/2");
    assertThat(slow.rest()).isEmpty();
  }

  @Test
  void whatCameThroughTheRunnersOwnFeedIsNotSkippedInTheRace() throws Exception {
    append("berlin/1", 1);
    var spectator = new Spectator(hub, view);
    spectator.subscriber.follow(
        Feed.of("berlin/*"), spectator.paced(Duration.ofMillis(300)), new Start.Recent(1));
    spectator.next();
    spectator.follow("berlin/1", new Start.Recent(2));
    spectator.next();
    spectator.calm();
    append("berlin/1", 1);
    spectator.next();
    append("berlin/1", 2);
    spectator.next(2);
    spectator.subscriber.unfollow(Feed.of("berlin/1"));
    long last = append("berlin/1", 1);
    assertThat(spectator.next()).isEqualTo("berlin/1 " + last);
  }

  @Test
  void nearBeatDoesNotWaitForAFarOne() throws Exception {
    var spectator = new Spectator(hub, view);
    spectator.subscriber.follow(Feed.of("anna"), spectator.paced(LONG), new Start.Recent(1));
    spectator.subscriber.follow(
        Feed.of("bob"), spectator.paced(Duration.ofSeconds(10)), new Start.Recent(1));
    for (String runner : List.of("anna", "anna", "bob", "bob")) {
      append(runner, 1);
      spectator.calm();
    }
    assertThat(timer.getQueue())
        .anyMatch(
            task ->
                task instanceof Delayed delayed
                    && delayed.getDelay(TimeUnit.SECONDS) >= 2
                    && delayed.getDelay(TimeUnit.SECONDS) <= 10);
  }

  @Test
  void replayDoesNotReadOnForWhatHasBeenErased() throws Exception {
    append("berlin/1", 500);
    var counted = new WholeView(log);
    try (var race =
        new Hub(1, timer, InstantSource.system(), LONG, _ -> Condition.UNKNOWN, memory)) {
      var slow = new Spectator(race, counted);
      slow.clog();
      slow.follow("berlin/*", new Start.Recent(500));
      slow.next(1);
      append("berlin/2", 2_000);
      log.forget(new Runner("berlin/2"));
      slow.unclog();
      for (int i = 0; i < 1_000; i++) {
        slow.calm();
      }
      assertThat(counted.reads().get()).isLessThan(20);
    }
  }
}
