package dev.trackside.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Fixes;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class JudgementTest {
  private static final long NOW_MS = 1_763_777_000_000L;
  private static final Runner ANNA = new Runner("anna");

  private static Fix fix(long tMs) {
    return Fixes.at(tMs, 52, 13);
  }

  private static Judgement judge(Fix... fixes) {
    return Judgement.of(List.of(fixes), fix -> fix.tMs() == 7 + Fix.OLDEST_MS ? 70 : 0, NOW_MS);
  }

  private static Placement place(Judgement judged) {
    return Placement.of(ANNA, judged, NOW_MS - 50, 99, new AtomicLong(100)::incrementAndGet);
  }

  @Test
  void judgingIsAPureFunctionThatMayRunAgain() {
    Fix[] fixes = {fix(NOW_MS - 3), fix(NOW_MS - 9), fix(NOW_MS - 3), Fixes.at(1, 2)};
    Judgement first = judge(fixes);
    Judgement again = judge(fixes);
    assertThat(again.same()).isEqualTo(first.same());
    assertThat(place(again)).isEqualTo(place(first));
  }

  @Test
  void whatIsStoredIsADuplicateOfItsNumber() {
    assertThat(place(judge(fix(7 + Fix.OLDEST_MS))).verdicts())
        .containsExactly(new Verdict.Duplicate(70));
  }

  @Test
  void whatCameBeforeInTheSameCallIsADuplicateOfIt() {
    Placement placed =
        place(judge(fix(NOW_MS), fix(NOW_MS - 5), fix(NOW_MS), fix(NOW_MS - 5), fix(NOW_MS)));
    assertThat(placed.verdicts())
        .containsExactly(
            new Verdict.Accepted(101),
            new Verdict.Late(102),
            new Verdict.Duplicate(101),
            new Verdict.Duplicate(102),
            new Verdict.Duplicate(101));
    assertThat(placed.positions()).extracting(Position::seq).containsExactly(101L, 102L);
  }

  @Test
  void oneOfAStoredRepetitionIsADuplicateToo() {
    assertThat(judge(fix(7 + Fix.OLDEST_MS), fix(7 + Fix.OLDEST_MS)).same()).doesNotContain(0);
  }

  @Test
  void fixWithoutATimeIsNeverADuplicateAndGetsTheServersTime() {
    Placement placed = place(judge(Fixes.at(1, 2), Fixes.at(1, 2)));
    assertThat(placed.positions()).extracting(Position::tMs).containsExactly(NOW_MS, NOW_MS);
    assertThat(placed.verdicts())
        .containsExactly(new Verdict.Accepted(101), new Verdict.Accepted(102));
  }

  @Test
  void momentFarAheadIsTheServers() {
    Placement placed = place(judge(fix(NOW_MS + 120_000), fix(NOW_MS + 120_001)));
    assertThat(placed.positions())
        .extracting(Position::tMs)
        .containsExactly(NOW_MS + 120_000, NOW_MS);
    assertThat(placed.positions()).extracting(Position::late).containsExactly(false, false);
  }

  @Test
  void whatIsAheadOfTheServersClockMakesNothingLate() {
    Placement placed =
        place(judge(fix(NOW_MS + 90_000), fix(NOW_MS - 40), fix(NOW_MS), fix(NOW_MS - 1)));
    assertThat(placed.positions())
        .extracting(Position::late)
        .containsExactly(false, true, false, true);
    Judgement later = Judgement.of(List.of(fix(NOW_MS + 1_000)), _ -> 0, NOW_MS + 1_000);
    Placement behind =
        Placement.of(ANNA, later, NOW_MS + 90_000, 99, new AtomicLong(100)::incrementAndGet);
    assertThat(behind.verdicts()).containsExactly(new Verdict.Accepted(101));
  }

  @Test
  void eachKnowsTheOneBeforeItAndIsLateBehindTheNewest() {
    Placement placed = place(judge(fix(NOW_MS - 60), fix(NOW_MS - 40), fix(NOW_MS - 45)));
    assertThat(placed.positions())
        .extracting(Position::previousSeq)
        .containsExactly(99L, 101L, 102L);
    assertThat(placed.positions()).extracting(Position::late).containsExactly(true, false, true);
  }

  @Test
  void nothingIsPlacedWhenNumbersEnd() {
    var numbers = new AtomicLong();
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    Placement.of(
                        ANNA,
                        judge(fix(NOW_MS), fix(NOW_MS + 1)),
                        0,
                        0,
                        () -> {
                          if (numbers.incrementAndGet() > 1) {
                            throw new UncheckedIOException(new java.io.IOException("full"));
                          }
                          return 1;
                        })))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void tenThousandOfOneMomentAreJudgedInOneGo() {
    var fixes = new java.util.ArrayList<Fix>();
    for (int i = 0; i < 10_000; i++) {
      fixes.add(Fixes.at(NOW_MS, i % 5_000 / 100.0, 13));
    }
    Judgement judged = Judgement.of(fixes, _ -> 0, NOW_MS);
    assertThat(place(judged).positions()).hasSize(5_000);
  }
}
