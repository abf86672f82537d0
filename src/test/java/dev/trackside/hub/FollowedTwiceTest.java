package dev.trackside.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.log.MemoryTrackLog;
import dev.trackside.memory.MemoryBudget;
import dev.trackside.support.Fixes;
import dev.trackside.support.PartView;
import dev.trackside.support.WholeView;
import dev.trackside.track.Condition;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import dev.trackside.track.View;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A runner who is followed alone and with the race comes once, whatever begins or ends when. */
class FollowedTwiceTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String RUNNER = "r/7";
  private static final String RACE = "r/*";

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final MemoryTrackLog log =
      new MemoryTrackLog(
          InstantSource.system(), new AtomicLong()::incrementAndGet, MemoryTrackLog.USUAL);
  private final View view = new WholeView(log);
  private final MemoryBudget memory = new MemoryBudget(1L << 40);
  private final Hub hub =
      new Hub(1, timer, InstantSource.system(), LONG, _ -> Condition.UNKNOWN, memory);
  private final Spectator spectator = new Spectator(hub, view);

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

  private static List<String> lines(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(seq -> RUNNER + " " + seq).toList();
  }

  private void unfollow(String feed) {
    spectator.subscriber.unfollow(Feed.of(feed));
  }

  /** These come, in this order, and then what is live. */
  private void assertComes(long from, long to) throws InterruptedException {
    assertThat(spectator.next((int) (to - from + 1))).containsExactlyElementsOf(lines(from, to));
    long live = append(RUNNER, 1);
    assertThat(spectator.next()).isEqualTo(RUNNER + " " + live);
  }

  @Test
  void raceBringsWhatTheUnfinishedPastOfARunnerDidNot() throws Exception {
    long old = append(RUNNER, 500);
    spectator.follow(RACE, new Start.Recent(1));
    assertThat(spectator.next()).isEqualTo(RUNNER + " " + old);
    spectator.calm();
    spectator.clog();
    spectator.follow(RUNNER, new Start.Recent(500));
    List<String> past = spectator.next(1);
    assertThat(past).containsExactlyElementsOf(lines(old - 499, old - 499));
    long last = append(RUNNER, 20);
    spectator.calm();
    unfollow(RUNNER);
    spectator.unclog();
    assertThat(spectator.next(31)).containsExactlyElementsOf(lines(old - 498, old - 468));
    assertComes(old + 1, last);
  }

  @Test
  void raceFollowedAnewHasThePastOfARunnerNoLongerFollowed() throws Exception {
    long last = append(RUNNER, 20);
    spectator.follow(RACE, new Start.Recent(1));
    spectator.follow(RUNNER, new Start.Recent(1));
    spectator.next(1);
    spectator.calm();
    unfollow(RUNNER);
    unfollow(RACE);
    spectator.rest();
    spectator.follow(RACE, new Start.After(last - 10, 1));
    assertComes(last - 9, last);
  }

  @ParameterizedTest
  @ValueSource(strings = {"r/* r/7", "r/7 r/*"})
  void pastOfTheRaceHasTheRunnerWhoseOwnFeedBeginsWithTheNewest(String feeds) throws Exception {
    append("r/9", 1);
    long last = append(RUNNER, 21);
    hub.hold();
    for (String feed : feeds.split(" ", -1)) {
      spectator.follow(
          feed, feed.equals(RACE) ? new Start.After(last - 20, 1) : new Start.Recent(1));
    }
    hub.release();
    assertComes(last - 19, last);
  }

  @ParameterizedTest
  @ValueSource(strings = {"r/* r/7", "r/7 r/*"})
  void runnerComesAfterTheirOwnNumberWhenBothAreResumed(String feeds) throws Exception {
    long last = append(RUNNER, 21);
    hub.hold();
    for (String feed : feeds.split(" ", -1)) {
      spectator.follow(feed, new Start.After(feed.equals(RACE) ? last - 20 : last - 5, 1));
    }
    hub.release();
    assertComes(last - 4, last);
  }

  @Test
  void newestComesThatTheRaceDidNotShow() throws Exception {
    long last = append(RUNNER, 3);
    append("r/8", 1);
    var part = new PartView(view, position -> !position.runner().equals(new Runner(RUNNER)));
    spectator.subscriber.follow(
        Feed.of(RACE), spectator.paced(Duration.ZERO).of(part), new Start.Recent(1));
    spectator.next(1);
    spectator.follow(RUNNER, new Start.Recent(1));
    assertThat(spectator.next()).isEqualTo(RUNNER + " " + last);
  }

  @Test
  void newestDoesNotComeAgainToThoseWhoSeeMoreOfTheRunner() throws Exception {
    long last = append(RUNNER, 3);
    var part = new PartView(view, position -> position.seq() != last - 1);
    spectator.subscriber.follow(
        Feed.of(RACE), spectator.paced(Duration.ZERO).of(part), new Start.Recent(1));
    assertThat(spectator.next()).isEqualTo(RUNNER + " " + last);
    spectator.calm();
    spectator.follow(RUNNER, new Start.Recent(1));
    long live = append(RUNNER, 1);
    assertThat(spectator.next()).isEqualTo(RUNNER + " " + live);
  }
}
