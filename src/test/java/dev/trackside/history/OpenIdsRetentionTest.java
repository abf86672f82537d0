package dev.trackside.history;

import static dev.trackside.log.LogUnderTest.fix;
import static dev.trackside.log.LogUnderTest.fixes;
import static dev.trackside.log.LogUnderTest.only;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.log.NotingFollower;
import dev.trackside.log.OpenIds;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** At most two unclaimed runners may have positions, which are kept for seven days. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class OpenIdsRetentionTest extends LogInDirectory {
  private static final Duration KEPT = Duration.ofDays(7);
  private static final Duration YEAR = Duration.ofDays(365);

  private final Set<Runner> claimed = new HashSet<>();
  private int sent;

  OpenIdsRetentionTest(boolean tiny) {
    sizes = tiny ? OnDisk.TINY : Sizes.USUAL;
  }

  @BeforeEach
  void keepForSevenDays() {
    keeping = new KeepSettings(true, Duration.ZERO, Duration.ZERO, KEPT);
    countAnew();
  }

  private void countAnew() {
    openIds = new OpenIds(2);
    claimed.forEach(openIds::claimed);
  }

  private void restart() {
    closeAll();
    countAnew();
    log();
  }

  private void claim(Runner runner) {
    claimed.add(runner);
    openIds.claimed(runner);
  }

  private void endClaim(Runner runner) {
    claimed.remove(runner);
    openIds.released(runner);
  }

  private boolean isTaken(Runner runner, int number) {
    return append(runner, fix(number)).getFirst() instanceof Verdict.Accepted;
  }

  private void fill() {
    accepted(ANNA, fixes(0, 10));
    accepted(FIRST, fixes(0, 10));
    assertThat(append(BOB, fix(0), fix(1))).hasSize(2).hasOnlyElementsOfType(Verdict.NoRoom.class);
  }

  @Test
  void whoIsToldOfNoRoomIsNotThere() {
    fill();
    assertThat(numbersOf(BOB)).isEmpty();
    assertThat(openIds.count()).isEqualTo(2);
    assertThat(isTaken(ANNA, 10)).isTrue();
    restart();
    assertThat(openIds.count()).isEqualTo(2);
    assertThat(isTaken(BOB, 0)).isFalse();
    assertThat(isTaken(ANNA, 11)).isTrue();
  }

  @Test
  void whoIsForgottenGivesRoomForOne() {
    fill();
    log().forget(ANNA);
    assertThat(isTaken(BOB, 0)).isTrue();
    assertThat(isTaken(ANNA, 0)).isFalse();
    restart();
    assertThat(isTaken(ANNA, 0)).isFalse();
    assertThat(openIds.count()).isEqualTo(2);
  }

  @Test
  void whoIsFollowedAndForgottenIsNewAgain() {
    fill();
    try (var _ = log().follow(only(ANNA), new NotingFollower())) {
      log().forget(ANNA);
      assertThat(isTaken(BOB, 0)).isTrue();
      assertThat(isTaken(ANNA, 0)).isFalse();
      log().forget(BOB);
      assertThat(isTaken(ANNA, 0)).isTrue();
      assertThat(openIds.count()).isEqualTo(2);
    }
  }

  @Test
  void claimTakesARunnerOutOfTheCountAndItsEndBackIn() {
    fill();
    claim(ANNA);
    assertThat(openIds.count()).isEqualTo(1);
    assertThat(isTaken(BOB, 0)).isTrue();
    assertThat(isTaken(SECOND, 0)).isFalse();
    assertThat(isTaken(ANNA, 10)).isTrue();
    endClaim(ANNA);
    assertThat(openIds.count()).isEqualTo(3);
    claim(ANNA);
    log().forget(ANNA);
    endClaim(ANNA);
    assertThat(openIds.count()).isEqualTo(2);
  }

  @Test
  void claimedRunnersAreKeptWhenTheOthersGo() throws SQLException {
    fill();
    claim(FIRST);
    accepted(BOB, fixes(0, 3));
    clock().forward(KEPT.minusHours(1));
    List<Long> newer = accepted(BOB, fixes(3, 6));
    clock().forward(Duration.ofHours(2));
    await().untilAsserted(() -> assertThat(numbersOf(BOB)).isEqualTo(newer));
    await().untilAsserted(() -> assertThat(numbersOf(ANNA)).isEmpty());
    await().until(() -> openIds.count() == 1);
    assertThat(numbersOf(FIRST)).hasSize(10);
    assertThat(isTaken(SECOND, 0)).as("there is room").isTrue();
    clock().forward(KEPT.plusHours(1));
    try (var tables = new Tables(directory())) {
      tables.awaitRows("runner", 1);
    }
    await().until(() -> openIds.count() == 0);
    assertThat(numbersOf(FIRST)).hasSize(10);
  }

  @Test
  void shorterOfBothTimesCounts() {
    keeping = new KeepSettings(true, Duration.ZERO, Duration.ofDays(2), KEPT);
    fill();
    claim(FIRST);
    clock().forward(Duration.ofDays(3));
    await().until(() -> isGone(ANNA) && isGone(FIRST));
    assertThat(openIds.count()).isZero();
  }

  /** Waits for two rounds of compaction, so that everything that has arrived is moved. */
  private void twoRounds() throws SQLException {
    try (var tables = new Tables(directory())) {
      for (int i = 0; i < 2; i++) {
        accepted(SECOND, fix(sent++));
        clock().forward(Duration.ofMinutes(11));
        tables.awaitRows("arrival", 0);
      }
    }
  }

  @Test
  void clockSetBackDeletesNothingThatIsFreshAndKeepsNothingForLong() throws SQLException {
    sizes = Sizes.USUAL;
    claim(SECOND);
    List<Long> before = accepted(ANNA, fixes(0, 10));
    clock().set(NOW_MS - YEAR.toMillis());
    List<Long> fresh = accepted(BOB, fixes(0, 3));
    twoRounds();
    clock().forward(KEPT.minusHours(2));
    twoRounds();
    assertThat(numbersOf(ANNA)).isEqualTo(before);
    assertThat(numbersOf(BOB)).isEqualTo(fresh);
    clock().forward(Duration.ofHours(3));
    await().until(() -> isGone(ANNA) && isGone(BOB));
    await().until(() -> openIds.count() == 0);
  }

  @Test
  void whatAClockThatWentAYearAheadHasDatedIsNotKeptForThatLong() throws SQLException {
    sizes = Sizes.USUAL;
    claim(SECOND);
    clock().forward(YEAR);
    List<Long> ahead = accepted(ANNA, fixes(0, 2_500));
    twoRounds();
    clock().set(NOW_MS);
    twoRounds();
    List<Long> fresh = accepted(BOB, fixes(0, 3));
    clock().forward(KEPT.minusHours(2));
    twoRounds();
    assertThat(numbersOf(ANNA)).isEqualTo(ahead);
    assertThat(numbersOf(BOB)).isEqualTo(fresh);
    clock().forward(Duration.ofHours(3));
    await().until(() -> isGone(ANNA) && isGone(BOB));
  }

  @Test
  void whoeverComesAndGoesAtOnceIsCountedRightAtTheEnd() throws Exception {
    openIds = new OpenIds(20);
    claimed.forEach(openIds::claimed);
    log();
    var all = new ArrayList<CompletableFuture<Void>>();
    for (int t = 0; t < 8; t++) {
      var random = new Random(t);
      all.add(CompletableFuture.runAsync(() -> comeAndGo(random)));
    }
    for (CompletableFuture<Void> one : all) {
      one.get(60, SECONDS);
    }
    int count = openIds.count();
    assertThat(count).isLessThanOrEqualTo(20);
    closeAll();
    try (var tables = new Tables(directory())) {
      assertThat(tables.rows("runner")).isEqualTo(count);
    }
  }

  private void comeAndGo(Random random) {
    for (int i = 0; i < 100; i++) {
      var runner = new Runner("berlin/" + random.nextInt(40));
      if (random.nextInt(4) == 0) {
        log().forget(runner);
      } else {
        append(runner, fix(i));
      }
      assertThat(openIds.count()).isLessThanOrEqualTo(20);
    }
  }
}
