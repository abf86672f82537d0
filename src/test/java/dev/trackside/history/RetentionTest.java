package dev.trackside.history;

import static dev.trackside.log.LogUnderTest.fix;
import static dev.trackside.log.LogUnderTest.fixes;
import static dev.trackside.log.LogUnderTest.only;
import static dev.trackside.log.LogUnderTest.seqs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Fixes;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Positions are kept for ten days after their arrival. */
class RetentionTest extends LogInDirectory {
  private static final Duration KEPT = Duration.ofDays(10);

  @BeforeEach
  void keepForTenDays() {
    keeping = new KeepSettings(true, Duration.ZERO, KEPT, Duration.ZERO);
  }

  private void awaitNumbersOf(Runner runner, List<Long> seqs) {
    await().untilAsserted(() -> assertThat(numbersOf(runner)).isEqualTo(seqs));
  }

  @Test
  void whatArrivedTooLongAgoVanishesFromEveryRead() {
    List<Long> old = accepted(FIRST, fixes(0, 30));
    clock().forward(KEPT.minusHours(1));
    List<Long> newer = accepted(FIRST, fixes(30, 40));
    assertThat(numbersOf(FIRST)).hasSize(40);
    clock().forward(Duration.ofHours(2));
    awaitNumbersOf(FIRST, newer);
    assertThat(seqs(log().latest(only(FIRST), 100))).isEqualTo(newer);
    assertThat(seqs(run(FIRST, 7))).isEqualTo(newer);
    assertThat(seqs(pages(BERLIN, 0, 7))).isEqualTo(newer);
    assertThat(log().latest(BERLIN, 1)).extracting(Position::seq).containsOnly(newer.getLast());
    assertThat(log().after(only(FIRST), old.get(3), 9)).isEqualTo(new Page.Gone());
    assertThat(log().after(BERLIN, old.get(3), 9)).isEqualTo(new Page.Gone());
    assertThat(seqs(next(only(FIRST), newer.get(3), 9))).isEqualTo(newer.subList(4, 10));
    assertThat(append(FIRST, fix(3))).as("forgotten").hasOnlyElementsOfType(Verdict.Late.class);
    reopen();
    assertThat(log().after(only(FIRST), old.get(3), 9)).isEqualTo(new Page.Gone());
    assertThat(log().after(BERLIN, old.get(3), 9)).isEqualTo(new Page.Gone());
    assertThat(seqs(log().latest(only(FIRST), 100))).startsWith(newer.toArray(Long[]::new));
  }

  @Test
  void momentOfAFixDoesNotMatter() {
    long years = Duration.ofDays(3_650).toMillis();
    append(ANNA, Fixes.at(NOW_MS, 1, 1), Fixes.at(NOW_MS - years, 1, 2));
    List<Long> both = numbersOf(ANNA);
    clock().forward(KEPT.minusDays(2));
    long newest = ((Verdict.Late) append(ANNA, Fixes.at(NOW_MS - years, 1, 3)).getFirst()).seq();
    clock().forward(Duration.ofDays(1));
    accepted(BOB, fix(0));
    reopen();
    assertThat(numbersOf(ANNA)).containsAll(both);
    clock().forward(Duration.ofDays(2));
    awaitNumbersOf(ANNA, List.of(newest));
  }

  @Test
  void clockThatWentAYearAheadForAWhileKeepsNothingForThatLong() {
    List<Long> before = accepted(ANNA, fixes(0, 10));
    clock().forward(Duration.ofDays(365));
    accepted(ANNA, fixes(10, 3_000));
    clock().set(NOW_MS + Duration.ofMinutes(5).toMillis());
    accepted(ANNA, fixes(3_000, 3_010));
    clock().forward(Duration.ofDays(5));
    List<Long> newer = accepted(ANNA, fixes(3_010, 3_020));
    clock().forward(KEPT.minusDays(4));
    awaitNumbersOf(ANNA, newer);
    assertThat(newer).doesNotContainAnyElementsOf(before);
  }

  /** Waits until everybody has been looked at: a round begins with compacting what has come. */
  private void twoRounds() throws SQLException {
    try (var tables = new Tables(directory())) {
      for (int i = 0; i < 2; i++) {
        append(SECOND, Fixes.at(1, 2));
        clock().forward(Duration.ofMinutes(11));
        tables.awaitRows("arrival", 0);
      }
    }
  }

  @Test
  void clockThatWasBehindAtTheStartErasesNothingThatHasJustCome() throws SQLException {
    accepted(FIRST, fixes(0, 10));
    clock().forward(KEPT.minusDays(1));
    List<Long> fresh = accepted(ANNA, fixes(0, 10));
    clock().set(NOW_MS - Duration.ofDays(400).toMillis());
    reopen();
    List<Long> bobs = accepted(BOB, List.of(Fixes.at(1, 2), Fixes.at(1, 3)));
    append(ANNA, Fixes.at(1, 2));
    clock().set(NOW_MS + KEPT.plusHours(1).toMillis());
    twoRounds();
    awaitNumbersOf(FIRST, List.of());
    assertThat(numbersOf(ANNA)).hasSize(11).containsAll(fresh);
    assertThat(numbersOf(BOB)).isEqualTo(bobs);
    reopen();
    assertThat(numbersOf(BOB)).isEqualTo(bobs);
    clock().forward(KEPT);
    awaitNumbersOf(ANNA, List.of());
    awaitNumbersOf(BOB, List.of());
  }

  @Test
  void phonesTellThatTheClockWasBehind() throws SQLException {
    accepted(FIRST, fixes(0, 10));
    clock().set(NOW_MS - Duration.ofDays(400).toMillis());
    reopen();
    long giveMs = NOW_MS + KEPT.toMillis();
    List<Long> bobs = accepted(BOB, List.of(Fixes.at(giveMs, 1, 2), Fixes.at(giveMs + 1, 1, 3)));
    clock().set(giveMs + Duration.ofHours(1).toMillis());
    twoRounds();
    awaitNumbersOf(FIRST, List.of());
    assertThat(numbersOf(BOB)).isEqualTo(bobs);
    clock().forward(KEPT);
    awaitNumbersOf(BOB, List.of());
  }

  @Test
  void ofARunnerOfWhomNothingIsLeftThereIsNoRow() throws SQLException {
    accepted(ANNA, fixes(0, 2_500));
    long newest = accepted(FIRST, fixes(0, 3)).getLast();
    clock().forward(KEPT.plusDays(1));
    try (var tables = new Tables(directory())) {
      tables.awaitRows("runner", 0);
      assertThat(tables.rows("position") + tables.rows("arrival")).isZero();
    }
    await().until(() -> log().latest(BERLIN, 1).isEmpty());
    assertThat(log().after(only(FIRST), newest, 9)).isEqualTo(new Page.Gone());
    long again = accepted(FIRST, fix(9));
    assertThat(again).isGreaterThan(newest);
    assertThat(log().after(only(FIRST), newest, 9)).isEqualTo(new Page.Gone());
    assertThat(seqs(all(BERLIN))).containsExactly(again);
  }

  @Test
  void whileOthersArriveTheOldGo() {
    sizes = OnDisk.TINY;
    for (int i = 0; i < 30; i++) {
      accepted(new Runner("berlin/" + i), fixes(0, 5));
    }
    clock().forward(KEPT.plusDays(1));
    int[] sent = {5};
    await()
        .untilAsserted(
            () -> {
              accepted(FIRST, fix(sent[0]++));
              assertThat(log().latest(BERLIN, 1)).hasSize(1);
              assertThat(pages(BERLIN, 0, 1_000)).hasSize(sent[0] - 5);
            });
  }
}
