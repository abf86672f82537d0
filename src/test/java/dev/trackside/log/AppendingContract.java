package dev.trackside.log;

import static dev.trackside.log.LogUnderTest.fix;
import static dev.trackside.log.LogUnderTest.fixes;
import static dev.trackside.log.LogUnderTest.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Fixes;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a log promises about numbers, moments and verdicts. */
public interface AppendingContract extends LogUnderTest {
  @Test
  default void numbersOfARunnerGrow() {
    var seqs = new ArrayList<Long>();
    for (int i = 0; i < 20; i++) {
      seqs.add(accepted(ANNA, fix(i)));
    }
    seqs.addAll(accepted(ANNA, fixes(20, 40)));
    assertThat(seqs).isSorted().doesNotHaveDuplicates();
    assertThat(LogUnderTest.seqs(all(only(ANNA)))).isEqualTo(seqs);
  }

  @Test
  default void numbersGrowWithinARace() {
    var seqs = new ArrayList<Long>();
    for (int i = 0; i < 10; i++) {
      seqs.add(accepted(FIRST, fix(i)));
      seqs.addAll(accepted(SECOND, fixes(2 * i, 2 * i + 2)));
    }
    assertThat(seqs).isSorted().doesNotHaveDuplicates();
  }

  @Test
  default void numbersGrowThoughTheClockIsSetBack() {
    long before = accepted(FIRST, fix(1));
    clock().set(NOW_MS - Duration.ofDays(400).toMillis());
    assertThat(((Verdict.Accepted) append(SECOND, Fixes.at(1, 2)).getFirst()).seq())
        .isGreaterThan(before);
  }

  @Test
  default void verdictsComeInTheOrderOfTheFixes() {
    List<Verdict> verdicts = append(ANNA, fix(5), fix(9), fix(5), fix(7), fix(9), fix(10));
    assertThat(verdicts)
        .hasExactlyElementsOfTypes(
            Verdict.Accepted.class,
            Verdict.Accepted.class,
            Verdict.Duplicate.class,
            Verdict.Late.class,
            Verdict.Duplicate.class,
            Verdict.Accepted.class);
    List<Position> stored = all(only(ANNA));
    assertThat(stored).extracting(Position::fix).containsExactly(fix(5), fix(9), fix(7), fix(10));
    assertThat(verdicts.get(2)).isEqualTo(new Verdict.Duplicate(stored.get(0).seq()));
    assertThat(verdicts.get(3)).isEqualTo(new Verdict.Late(stored.get(2).seq()));
    assertThat(verdicts.get(4)).isEqualTo(new Verdict.Duplicate(stored.get(1).seq()));
  }

  @Test
  default void nothingAppendedIsNothingStored() {
    var heard = new NotingFollower();
    try (var _ = log().follow(only(ANNA), heard)) {
      assertThat(append(ANNA, List.of())).isEmpty();
      assertThat(all(only(ANNA))).isEmpty();
      assertThat(heard.told()).isEmpty();
    }
  }

  @Test
  default void positionHoldsWhatTheSenderSaid() {
    var full =
        new Fix(
            NOW_MS - 500,
            52.5200066,
            -13.404954,
            -3.5,
            4.25,
            3.1,
            271.5,
            77,
            151,
            12,
            "\"a\":\"ü😀\"");
    long seq = accepted(FIRST, full);
    long other = accepted(SECOND, Fixes.at(NOW_MS, -90, 180));
    assertThat(all(BERLIN))
        .containsExactly(
            new Position(FIRST, seq, NOW_MS - 500, NOW_MS, false, full, 0),
            new Position(SECOND, other, NOW_MS, NOW_MS, false, Fixes.at(NOW_MS, -90, 180), 0));
  }

  @Test
  default void sameMomentAndPlaceOfARunnerIsADuplicate() {
    long first = accepted(ANNA, fix(0));
    accepted(ANNA, fixes(1, 300));
    clock().forward(Duration.ofHours(3));
    var again =
        new Fix(fix(0).tMs(), fix(0).latDeg(), fix(0).lonDeg(), 1, 2, 3, 4, 5, 6, 7, "\"n\":1");
    var heard = new NotingFollower();
    try (var _ = log().follow(only(ANNA), heard)) {
      assertThat(append(ANNA, again)).containsExactly(new Verdict.Duplicate(first));
      assertThat(all(only(ANNA))).hasSize(300).extracting(Position::fix).doesNotContain(again);
      assertThat(heard.told()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, 52, 13", "1001, 52, 13.0000001", "1001, -52, 13", "1001, 52.0000001, 13"})
  default void anotherMomentOrPlaceIsNoDuplicate(int tMs, double latDeg, double lonDeg) {
    accepted(ANNA, Fixes.at(NOW_MS - 2_000 + 1_001, 52, 13));
    assertThat(append(ANNA, Fixes.at(NOW_MS - 2_000 + tMs, latDeg, lonDeg)))
        .doesNotHaveAnyElementsOfTypes(Verdict.Duplicate.class);
    assertThat(all(only(ANNA))).hasSize(2);
  }

  @Test
  default void whatAnotherRunnerSentIsNoDuplicate() {
    accepted(FIRST, fix(1));
    accepted(SECOND, fix(1));
    accepted(ANNA, fix(1));
  }

  @Test
  default void withoutAMomentNothingIsADuplicate() {
    accepted(ANNA, List.of(Fixes.at(52, 13), Fixes.at(52, 13)));
    accepted(ANNA, Fixes.at(52, 13));
    assertThat(append(ANNA, Fixes.at(NOW_MS, 52, 13))).containsOnly(lastOf(ANNA));
    assertThat(all(only(ANNA))).hasSize(4).extracting(Position::tMs).containsOnly(NOW_MS);
  }

  private Verdict lastOf(Runner runner) {
    return new Verdict.Accepted(log().latest(only(runner), 1).getLast().seq());
  }

  @Test
  default void withoutAMomentItIsTheServersClock() {
    accepted(ANNA, Fixes.at(1, 2));
    clock().forward(Duration.ofSeconds(5));
    accepted(ANNA, Fixes.at(1, 2));
    assertThat(all(only(ANNA))).extracting(Position::tMs).containsExactly(NOW_MS, NOW_MS + 5_000);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "119999, 119999",
    "120000, 120000",
    "120001, 0",
    "86400000, 0",
    "4000000000000, 0"
  })
  default void momentMoreThanTwoMinutesAheadBecomesTheServersClock(long aheadMs, long storedMs) {
    accepted(ANNA, Fixes.at(NOW_MS + aheadMs, 1, 2));
    Position stored = all(only(ANNA)).getFirst();
    assertThat(stored.tMs()).isEqualTo(NOW_MS + storedMs);
    assertThat(stored.arrivedMs()).isEqualTo(NOW_MS);
  }

  @Test
  default void momentFromTheFutureIsKnownAgainAsTheSenderGaveIt() {
    Fix ahead = Fixes.at(NOW_MS + 600_000, 1, 2);
    long seq = accepted(ANNA, ahead);
    assertThat(append(ANNA, ahead)).containsExactly(new Verdict.Duplicate(seq));
    clock().forward(Duration.ofMinutes(20));
    assertThat(append(ANNA, ahead)).containsExactly(new Verdict.Duplicate(seq));
    assertThat(append(ANNA, Fixes.at(NOW_MS, 1, 2)))
        .as("the clock's moment is not what the sender gave")
        .doesNotHaveAnyElementsOfTypes(Verdict.Duplicate.class);
  }

  @Test
  default void whatIsOlderThanTheNewestIsLate() {
    append(ANNA, fix(10), fix(3), fix(7), Fixes.at(fix(10).tMs(), 1, 2), fix(11));
    assertThat(all(only(ANNA)))
        .extracting(Position::late)
        .containsExactly(false, true, true, false, false);
  }

  @Test
  default void runnerIsNotLateBecauseAnotherIsAhead() {
    accepted(FIRST, fix(50));
    accepted(SECOND, fix(10));
  }

  @Test
  default void clampedMomentCountsAsTheServersClock() {
    accepted(ANNA, Fixes.at(NOW_MS + 900_000, 1, 2));
    assertThat(append(ANNA, Fixes.at(NOW_MS - 1, 1, 2))).hasOnlyElementsOfType(Verdict.Late.class);
    accepted(ANNA, Fixes.at(NOW_MS, 3, 4));
  }
}
