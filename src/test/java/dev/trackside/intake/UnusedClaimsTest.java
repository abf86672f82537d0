package dev.trackside.intake;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Visibility;
import dev.trackside.log.MemoryTrackLog;
import dev.trackside.support.Fixes;
import dev.trackside.support.House;
import dev.trackside.support.StoppedClock;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Claims are kept for 30 days, unless somebody uses them. */
final class UnusedClaimsTest {
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Runner ANNA = new Runner("anna");
  private static final Runner BOB = new Runner("bob");
  private static final Runner IN_RACE = new Runner("berlin/1");

  private final StoppedClock clock = new StoppedClock(1_795_000_000_000L);
  private final House house =
      new House(
          new MemoryTrackLog(clock, new AtomicLong()::incrementAndGet, MemoryTrackLog.USUAL),
          clock,
          true,
          Duration.ofSeconds(60));
  private final UnusedClaims unused =
      new UnusedClaims(house.log, house.access, house.intake, clock, KEPT);

  @AfterEach
  void close() {
    house.close();
  }

  private void claim(Runner runner) {
    house.claim(runner, runner.id(), "key of " + runner, Visibility.LINK);
  }

  private void reports(Runner runner) throws Exception {
    house
        .intake
        .offer(runner, Key.of("key of " + runner), List.of(Fixes.at(1, 2)), Source.HTTP, true)
        .toCompletableFuture()
        .get(10, SECONDS);
  }

  private boolean isClaimed(Runner runner) {
    return house.access.claims().of(runner).isPresent();
  }

  private boolean isUsed(Runner runner) {
    return house.access.claims().of(runner).map(Claim::used).orElse(false);
  }

  @Test
  void claimThatNobodyUsesEnds() {
    claim(ANNA);
    clock.forward(KEPT);
    unused.end();
    assertThat(isClaimed(ANNA)).isTrue();
    clock.forward(Duration.ofMinutes(1));
    claim(BOB);
    unused.end();
    assertThat(isClaimed(ANNA)).isFalse();
    assertThat(isClaimed(BOB)).isTrue();
    claim(ANNA);
    assertThat(isClaimed(ANNA)).isTrue();
  }

  @Test
  void roundsBeginByThemselves() {
    claim(ANNA);
    clock.forward(KEPT.plusMinutes(1));
    unused.endSoon();
    await().until(() -> !isClaimed(ANNA));
  }

  @Test
  void oncePositionHasComeTheClaimStaysThoughAllPositionsHaveGone() throws Exception {
    claim(ANNA);
    reports(ANNA);
    await().until(() -> isUsed(ANNA));
    house.log.forget(ANNA); // as retention does
    clock.forward(KEPT.multipliedBy(20));
    unused.end();
    assertThat(isClaimed(ANNA)).isTrue();
  }

  @Test
  void claimWhoseUseWasNotNotedStaysAndIsNoted() {
    claim(ANNA);
    house.log.append(ANNA, List.of(Fixes.at(1, 2)));
    clock.forward(KEPT.plusMinutes(1));
    unused.end();
    assertThat(isUsed(ANNA)).isTrue();
  }

  @Test
  void whoIsFollowedStaysAndSoDoRunnersInRaces() {
    claim(ANNA);
    claim(IN_RACE);
    clock.forward(KEPT.plusMinutes(1));
    try (var _ = house.access.hold(new Feed.One(ANNA), Key.of("key of anna"), _ -> {})) {
      unused.end();
      assertThat(isClaimed(ANNA)).isTrue();
    }
    unused.end();
    assertThat(isClaimed(ANNA)).isFalse();
    assertThat(isClaimed(IN_RACE)).isTrue();
  }

  @Test
  void zeroIsForEver() {
    claim(ANNA);
    clock.forward(Duration.ofDays(3_000));
    new UnusedClaims(house.log, house.access, house.intake, clock, Duration.ZERO).endSoon();
    assertThat(isClaimed(ANNA)).isTrue();
  }
}
