package dev.trackside.intake;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Privacy;
import dev.trackside.access.Visibility;
import dev.trackside.log.MemoryTrackLog;
import dev.trackside.log.Newest;
import dev.trackside.support.Fixes;
import dev.trackside.support.House;
import dev.trackside.support.MoodyLog;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The intake while the log is slow, or cannot be read. */
final class UnwillingGateTest {
  private static final Fix FIRST = Fixes.at(1_795_000_000_000L, 52, 13);
  private static final Fix FAR = Fixes.at(1_795_000_600_000L, 52.05, 13);

  private final Runner anna = new Runner("anna");
  private final Feed feed = new Feed.One(anna);
  private final Key key = Key.of("annas");
  private final MoodyLog log =
      new MoodyLog(
          new MemoryTrackLog(
              InstantSource.system(),
              new AtomicLong()::incrementAndGet,
              new Newest.Bounds(1_000, 1_000)));
  private final House house =
      new House(
          log,
          InstantSource.fixed(Instant.ofEpochMilli(1_795_000_700_000L)),
          true,
          Duration.ofSeconds(60));

  @BeforeEach
  void claim() {
    house.claim(anna, "Anna", "annas", Visibility.PUBLIC);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private static Claim masked(Claim claim) {
    return claim.shown("Anna", Visibility.PUBLIC, new Privacy(200));
  }

  @Test
  void erasingComesBehindWhatIsStillUnderWay() throws Exception {
    var durable = log.beSlow();
    house.intake.offer(anna, key, List.of(FIRST), Source.HTTP, true);
    Thread erasing = Thread.ofVirtual().unstarted(() -> house.intake.erase(anna));
    erasing.start();
    await().until(() -> erasing.getState(), state -> state == Thread.State.TIMED_WAITING);
    durable.complete(null);
    erasing.join();
    assertThat(log.latest(feed, 1)).isEmpty();
  }

  private List<Verdict> stored(Fix fix) throws Exception {
    return house
        .intake
        .offer(anna, key, List.of(fix), Source.HTTP, true)
        .toCompletableFuture()
        .get(10, SECONDS);
  }

  @Test
  void runnerWhoseErasureFailedGoesOnAndCanBeErasedAgain() throws Exception {
    stored(FIRST);
    log.failToForget(true);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> house.intake.erase(anna))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(MoodyLog.TROUBLE);
    }
    assertThat(stored(FAR)).hasOnlyElementsOfType(Verdict.Accepted.class);
    assertThat(house.access.claims().of(anna).orElseThrow().run().finished()).isFalse();
    log.failToForget(false);
    house.intake.erase(anna);
    assertThat(log.latest(feed, 1)).isEmpty();
    assertThat(house.access.claims().of(anna)).isEmpty();
    claim();
    assertThat(stored(FAR)).hasOnlyElementsOfType(Verdict.Accepted.class);
  }

  @Test
  void runnerWhoseMaskCannotBeMadeYetIsHiddenAllOver() throws Exception {
    house.intake.offer(anna, key, List.of(FIRST, FAR), Source.HTTP, true);
    log.failAfter(0);
    house.access.claims().change(anna, UnwillingGateTest::masked);
    assertThat(house.views.of(feed, null).latest(feed, 2)).isEmpty();
    assertThat(house.views.of(feed, key).latest(feed, 2)).hasSize(2);
    log.failAfter(Integer.MAX_VALUE);
    await()
        .until(
            () -> house.views.of(feed, null).latest(feed, 2).stream().map(p -> p.fix()).toList(),
            List.of(FAR)::equals);
  }
}
