package dev.trackside.log;

import static dev.trackside.log.LogUnderTest.fix;
import static dev.trackside.log.LogUnderTest.fixes;
import static dev.trackside.log.LogUnderTest.only;
import static dev.trackside.log.LogUnderTest.seqs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Fixes;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a log promises to readers. */
public interface ReadingContract extends LogUnderTest {
  @Test
  default void logWithoutARunnerReadsAsEmpty() {
    assertThat(log().latest(only(ANNA), 5)).isEmpty();
    assertThat(log().latest(BERLIN, 5)).isEmpty();
    assertThat(all(only(ANNA))).isEmpty();
    assertThat(all(BERLIN)).isEmpty();
    assertThat(log().between(ANNA, 0, 0, Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  default void latestOfARunnerAreThoseThatArrivedLast() {
    append(ANNA, fix(1), fix(9), fix(4), fix(2), fix(10));
    accepted(BOB, fix(50));
    List<Position> all = all(only(ANNA));
    assertThat(log().latest(only(ANNA), 1)).isEqualTo(all.subList(4, 5));
    assertThat(log().latest(only(ANNA), 3)).isEqualTo(all.subList(2, 5));
    assertThat(log().latest(only(ANNA), 100)).isEqualTo(all);
  }

  @Test
  default void newestOfManyAreThoseWhoHaveOne() {
    accepted(ANNA, fixes(0, 3));
    long second = accepted(SECOND, fix(1));
    long first = accepted(FIRST, fix(2));
    append(ANNA, fix(9), fix(4));
    long annas = all(only(ANNA)).getLast().seq();
    assertThat(seqs(log().newest(List.of(ANNA, BOB, FIRST, SECOND))))
        .containsExactly(second, first, annas);
    assertThat(log().newest(List.of(BOB))).isEmpty();
    assertThat(log().newest(List.of())).isEmpty();
    log().forget(FIRST);
    assertThat(seqs(log().newest(List.of(FIRST, SECOND)))).containsExactly(second);
  }

  @Test
  default void latestOfARaceAreThoseOfEachInOrder() {
    long oldest = accepted(SECOND, fix(0));
    List<Long> ofFirst = accepted(FIRST, fixes(0, 10));
    long newest = accepted(SECOND, fix(1));
    accepted(ANNA, fix(1));
    assertThat(seqs(log().latest(BERLIN, 1))).containsExactly(ofFirst.get(9), newest);
    assertThat(seqs(log().latest(BERLIN, 3)))
        .containsExactly(oldest, ofFirst.get(7), ofFirst.get(8), ofFirst.get(9), newest);
  }

  @Test
  default void latestOfARaceAreAllWhenTheyFitInOneRead() {
    accepted(FIRST, fixes(0, 6_000));
    accepted(SECOND, fixes(0, 10));
    assertThat(log().latest(BERLIN, TrackLog.MOST)).hasSize(6_010);
    assertThat(log().latest(BERLIN, 5_900)).hasSize(5_910);
  }

  @Test
  default void latestOfARaceAreFewerOfEachWhenTheyDoNotFit() {
    for (int bib = 1; bib <= 3; bib++) {
      accepted(new Runner("berlin/" + bib), fixes(0, 4_000));
    }
    List<Position> latest = log().latest(BERLIN, 4_000);
    assertThat(latest).hasSizeBetween(3_000, TrackLog.MOST);
    assertThat(seqs(latest)).isSorted();
    for (int bib = 1; bib <= 3; bib++) {
      Runner runner = new Runner("berlin/" + bib);
      List<Position> ofOne = latest.stream().filter(p -> p.runner().equals(runner)).toList();
      assertThat(ofOne).hasSizeGreaterThanOrEqualTo(1_000);
      assertThat(ofOne).isEqualTo(log().latest(only(runner), ofOne.size()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 99, 100, 101, TrackLog.MOST})
  default void pagesLeadToTheEnd(int limit) {
    List<Long> seqs = accepted(ANNA, fixes(0, 100));
    assertThat(seqs(pages(only(ANNA), 0, limit))).isEqualTo(seqs);
    assertThat(seqs(pages(only(ANNA), seqs.get(49), limit))).isEqualTo(seqs.subList(50, 100));
    assertThat(next(only(ANNA), seqs.get(99), limit)).isEmpty();
  }

  @Test
  default void pagesFollowArrivalNotTheRun() {
    append(ANNA, fix(9), fix(1), fix(5), fix(10));
    assertThat(pages(only(ANNA), 0, 2))
        .extracting(Position::fix)
        .containsExactly(fix(9), fix(1), fix(5), fix(10));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, TrackLog.MOST})
  default void pagesOfARaceAreMergedInOrder(int limit) {
    var seqs = new ArrayList<Long>();
    for (int i = 0; i < 6; i++) {
      seqs.addAll(accepted(FIRST, fixes(2 * i, 2 * i + 2)));
      seqs.add(accepted(SECOND, fix(i)));
      accepted(new Runner("other/" + i), fix(i));
    }
    assertThat(seqs(pages(BERLIN, 0, limit))).isEqualTo(seqs);
    assertThat(seqs(pages(BERLIN, seqs.get(4), limit))).isEqualTo(seqs.subList(5, 18));
  }

  @Test
  default void numberAboveTheNewestIsGone() {
    long first = accepted(FIRST, fix(1));
    long newest = accepted(SECOND, fix(1));
    assertThat(log().after(only(SECOND), newest + 1, 10)).isEqualTo(new Page.Gone());
    assertThat(log().after(BERLIN, newest + 1, 10)).isEqualTo(new Page.Gone());
    assertThat(log().after(only(FIRST), newest, 10)).isEqualTo(new Page.Gone());
    assertThat(log().after(only(FIRST), Long.MAX_VALUE, 10)).isEqualTo(new Page.Gone());
    assertThat(next(only(FIRST), first, 10)).isEmpty();
  }

  @Test
  default void numberOlderThanWhatIsKeptIsGone() {
    long foreign = accepted(ANNA, fixes(0, 3)).getFirst();
    accepted(FIRST, fixes(0, 3));
    assertThat(log().after(only(FIRST), foreign, 10)).isEqualTo(new Page.Gone());
    assertThat(log().after(BERLIN, foreign, 10)).isEqualTo(new Page.Gone());
  }

  @Test
  default void anyNumberOfAnUnknownRunnerIsGone() {
    long foreign = accepted(ANNA, fix(1));
    assertThat(log().after(only(BOB), foreign, 10)).isEqualTo(new Page.Gone());
    assertThat(log().after(BERLIN, foreign, 10)).isEqualTo(new Page.Gone());
  }

  @Test
  default void runIsReadInTheOrderOfItsMoments() {
    append(ANNA, fix(9), fix(1), fix(5), fix(10), Fixes.at(fix(5).tMs(), 1, 2), fix(0));
    accepted(BOB, fix(3));
    List<Position> run = log().between(ANNA, 0, 0, Long.MAX_VALUE, 100);
    assertThat(run)
        .extracting(Position::fix)
        .containsExactly(fix(0), fix(1), fix(5), Fixes.at(fix(5).tMs(), 1, 2), fix(9), fix(10));
    assertThat(log().between(ANNA, Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, 100))
        .isEqualTo(run);
  }

  @Test
  default void runIsReadByTheMomentsThatTheLogGave() {
    accepted(ANNA, Fixes.at(NOW_MS + 900_000, 1, 2));
    accepted(ANNA, Fixes.at(3, 4));
    assertThat(log().between(ANNA, NOW_MS, 0, NOW_MS, 10))
        .extracting(Position::tMs)
        .containsExactly(NOW_MS, NOW_MS);
    assertThat(log().between(ANNA, NOW_MS + 1, 0, Long.MAX_VALUE, 10)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 100})
  default void runIsPagedByMomentAndNumber(int limit) {
    for (int i = 0; i < 30; i++) {
      long tMs = NOW_MS - 1_000 + (i % 4) * 10L;
      append(ANNA, Fixes.at(tMs, i, i));
    }
    List<Position> whole = log().between(ANNA, 0, 0, Long.MAX_VALUE, 100);
    assertThat(whole).hasSize(30);
    var read = new ArrayList<Position>();
    List<Position> page = log().between(ANNA, 0, 0, Long.MAX_VALUE, limit);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      read.addAll(page);
      Position last = page.getLast();
      page = log().between(ANNA, last.tMs(), last.seq(), Long.MAX_VALUE, limit);
    }
    assertThat(read).isEqualTo(whole);
  }

  @Test
  default void lastMomentOfARunBelongsToItAndThePairBeforeItDoesNot() {
    accepted(ANNA, fixes(0, 5));
    accepted(ANNA, Fixes.at(fix(4).tMs(), 1, 2));
    List<Position> all = all(only(ANNA));
    Position second = all.get(1);
    long thirdMs = fix(2).tMs();
    long lastMs = fix(4).tMs();
    assertThat(log().between(ANNA, second.tMs(), second.seq(), thirdMs, 9))
        .isEqualTo(all.subList(2, 3));
    assertThat(log().between(ANNA, second.tMs(), second.seq() - 1, thirdMs, 9))
        .isEqualTo(all.subList(1, 3));
    assertThat(log().between(ANNA, second.tMs(), 0, thirdMs - 1, 9)).isEqualTo(all.subList(1, 2));
    assertThat(log().between(ANNA, thirdMs, Long.MAX_VALUE, lastMs, 9))
        .isEqualTo(all.subList(3, 6));
    assertThat(log().between(ANNA, lastMs, 0, thirdMs, 9)).isEmpty();
  }
}
