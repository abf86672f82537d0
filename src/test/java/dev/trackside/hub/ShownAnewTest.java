package dev.trackside.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.log.MemoryTrackLog;
import dev.trackside.memory.MemoryBudget;
import dev.trackside.support.Fixes;
import dev.trackside.support.PartView;
import dev.trackside.track.Condition;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import dev.trackside.track.View;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes to those who follow a runner of whom something else is shown. */
class ShownAnewTest {
  private static final Runner ANNA = new Runner("r/1");

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final MemoryTrackLog log =
      new MemoryTrackLog(
          InstantSource.system(), new AtomicLong(-1)::incrementAndGet, MemoryTrackLog.USUAL);
  private final Set<Long> hidden = ConcurrentHashMap.newKeySet();
  private final View view = new PartView(log, position -> !hidden.contains(position.seq()));
  private final MemoryBudget memory = new MemoryBudget(1L << 40);
  private final Hub hub =
      new Hub(
          1, timer, InstantSource.system(), Duration.ofSeconds(60), _ -> Condition.UNKNOWN, memory);

  @AfterEach
  void stop() {
    hub.close();
    timer.shutdownNow();
    log.close();
  }

  private void append(Runner runner, int count) {
    for (int i = 0; i < count; i++) {
      log.append(runner, List.of(Fixes.at(i % 90, 0))).toCompletableFuture().join();
    }
  }

  private void hide(long from, long to) {
    LongStream.rangeClosed(from, to).forEach(hidden::add);
    log.showAnew(ANNA);
  }

  private static List<String> lines(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(seq -> ANNA.id() + " " + seq).toList();
  }

  private static List<String> with(String first, List<String> others) {
    return Stream.concat(Stream.of(first), others.stream()).toList();
  }

  @Test
  void ownFeedBeginsAgainWithWhatIsShown() throws Exception {
    append(ANNA, 400);
    var spectator = new Spectator(hub, view);
    spectator.follow("r/1", new Start.Recent(100));
    assertThat(spectator.next(100)).containsExactlyElementsOf(lines(301, 400));
    hide(351, 400);
    assertThat(spectator.next(101)).containsExactlyElementsOf(with("reset r/1", lines(251, 350)));
    append(ANNA, 1);
    assertThat(spectator.next()).isEqualTo("r/1 401");
  }

  @Test
  void nothingHiddenFollowsTheResetOfASlowReader() throws Exception {
    append(ANNA, 400);
    var slow = new Spectator(hub, view);
    slow.clog();
    slow.follow("r/1", new Start.After(0, 1));
    slow.next();
    hide(1, 300);
    slow.unclog();
    List<String> seen = slow.next(1);
    while (!seen.getLast().equals("reset r/1")) {
      seen = slow.next(1);
    }
    assertThat(slow.next(100)).containsExactlyElementsOf(lines(301, 400));
    assertThat(slow.rest()).isEmpty();
  }

  @Test
  void raceBringsTheNewestOfTheRunner() throws Exception {
    append(ANNA, 10);
    append(new Runner("r/2"), 1);
    var spectator = new Spectator(hub, view);
    spectator.follow("r/*", new Start.Recent(1));
    assertThat(spectator.next(2)).containsExactly("r/1 10", "r/2 11");
    hide(8, 10);
    assertThat(spectator.next(2)).containsExactly("reset r/1", "r/1 7");
    append(ANNA, 1);
    assertThat(spectator.next()).isEqualTo("r/1 12");
  }

  @Test
  void raceThatIsStillInItsPastBringsTheRunnerOnceItIsLive() throws Exception {
    append(ANNA, 200);
    append(new Runner("r/2"), 200);
    var slow = new Spectator(hub, view);
    slow.clog();
    slow.follow("r/*", new Start.After(0, 1));
    slow.next();
    hide(1, 199);
    slow.unclog();
    String last = slow.next();
    while (!last.equals("reset r/1")) {
      last = slow.next();
    }
    List<String> seen = slow.next(201);
    assertThat(seen).filteredOn(line -> line.startsWith("r/1")).containsExactly("r/1 200");
    assertThat(slow.rest()).isEmpty();
  }

  @Test
  void statusIsToldOnceForAllPaces() throws Exception {
    append(ANNA, 10);
    List<Spectator> spectators =
        Stream.of(0, 1, 2)
            .map(
                pace -> {
                  var one = new Spectator(hub, view);
                  var options =
                      new SubscribeOptions(Spectator.LINES, Duration.ofMillis(pace), true, view);
                  one.subscriber.follow(Feed.of("r/*"), options, new Start.Recent(1));
                  return one;
                })
            .toList();
    for (Spectator one : spectators) {
      assertThat(one.next(2)).containsExactlyInAnyOrder("r/1 10", "status r/1");
      one.rest();
    }
    hide(8, 10);
    for (Spectator one : spectators) {
      assertThat(one.next()).isEqualTo("reset r/1");
      assertThat(one.next(2)).containsExactlyInAnyOrder("r/1 7", "status r/1");
      assertThat(one.rest()).isEmpty();
    }
  }
}
