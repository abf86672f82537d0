package dev.trackside.log;

import static dev.trackside.log.LogUnderTest.fix;
import static dev.trackside.log.LogUnderTest.fixes;
import static dev.trackside.log.LogUnderTest.join;
import static dev.trackside.log.LogUnderTest.only;
import static dev.trackside.log.LogUnderTest.seqs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackside.support.StoppedClock;
import dev.trackside.track.Feed;
import dev.trackside.track.Following;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MemoryTrackLogTest extends TrackLogContract {
  @Override
  protected TrackLog open(InstantSource clock) {
    return new MemoryTrackLog(clock, new AtomicLong(1_000)::incrementAndGet, MemoryTrackLog.USUAL);
  }

  @Nested
  class WithRoomForThreeOfARunnerAndEightInAll implements LogUnderTest {
    private final AtomicLong numbers = new AtomicLong(1_000);
    private final StoppedClock clock = new StoppedClock(NOW_MS);
    private final MemoryTrackLog log =
        new MemoryTrackLog(clock, this::number, new Newest.Bounds(3, 8));
    private boolean diskFull;

    private long number() {
      if (diskFull) {
        throw new UncheckedIOException(new IOException("No space left on device"));
      }
      return numbers.incrementAndGet();
    }

    @Override
    public TrackLog log() {
      return log;
    }

    @Override
    public StoppedClock clock() {
      return clock;
    }

    @Test
    void newestOfARunnerStay() {
      List<Long> seqs = accepted(ANNA, fixes(0, 10));
      assertThat(seqs(all(only(ANNA)))).isEqualTo(seqs.subList(7, 10));
      assertThat(log.between(ANNA, 0, 0, Long.MAX_VALUE, 10)).hasSize(3);
      assertThat(log.latest(only(ANNA), 10)).hasSize(3);
    }

    @Test
    void whatIsNoLongerKeptIsNoDuplicate() {
      accepted(ANNA, fixes(0, 4));
      assertThat(append(ANNA, fix(1))).hasOnlyElementsOfType(Verdict.Duplicate.class);
      assertThat(append(ANNA, fix(0))).hasOnlyElementsOfType(Verdict.Late.class);
    }

    @Test
    void whoResumesFromBeforeWhatIsKeptStartsAnew() {
      List<Long> seqs = accepted(FIRST, fixes(0, 10));
      for (Feed feed : List.of(only(FIRST), BERLIN)) {
        assertThat(log.after(feed, seqs.get(5), 10)).isEqualTo(new Page.Gone());
        assertThat(seqs(next(feed, seqs.get(6), 10)))
            .as("nothing after it is missing")
            .isEqualTo(seqs.subList(7, 10));
      }
    }

    @Test
    void raceIsResumedOnlyFromWhereNobodysPositionsAreMissing() {
      long early = accepted(SECOND, fix(0));
      List<Long> seqs = accepted(FIRST, fixes(0, 10));
      assertThat(log.after(BERLIN, early, 10)).isEqualTo(new Page.Gone());
      assertThat(next(only(SECOND), early, 10)).isEmpty();
      assertThat(seqs(next(BERLIN, seqs.get(6), 10))).isEqualTo(seqs.subList(7, 10));
    }

    @Test
    void oldestOfAllMakesRoomForAnybodys() {
      accepted(ANNA, fixes(0, 3));
      accepted(BOB, fixes(0, 3));
      accepted(FIRST, fixes(0, 3));
      assertThat(all(only(ANNA))).extracting(Position::fix).isEqualTo(fixes(1, 3));
      accepted(SECOND, fixes(0, 3));
      assertThat(all(only(ANNA))).isEmpty();
      assertThat(all(only(BOB))).extracting(Position::fix).isEqualTo(fixes(1, 3));
      assertThat(all(BERLIN)).hasSize(6);
    }

    @Test
    void runnerWhoNeverEndsPushesOutNobodyElse() {
      accepted(ANNA, fixes(0, 2));
      accepted(BOB, fixes(0, 2));
      accepted(FIRST, fixes(0, 1_000));
      assertThat(all(only(ANNA))).hasSize(2);
      assertThat(all(only(BOB))).hasSize(2);
      assertThat(all(only(FIRST))).hasSize(3);
    }

    @Test
    void whoWasPushedOutAltogetherAndComesBackIsNotResumedAcrossTheGap() {
      List<Long> seqs = accepted(ANNA, fixes(0, 3));
      List.of(BOB, FIRST, SECOND).forEach(runner -> accepted(runner, fixes(0, 3)));
      assertThat(all(only(ANNA))).isEmpty();
      accepted(ANNA, fix(5));
      assertThat(log.after(only(ANNA), seqs.getFirst(), 10)).isEqualTo(new Page.Gone());
    }

    @Test
    void raceThatWasPushedOutAltogetherIsNotResumedAcrossTheGap() {
      List<Long> seqs = accepted(FIRST, fixes(0, 3));
      List.of(ANNA, BOB, new Runner("carl")).forEach(runner -> accepted(runner, fixes(0, 3)));
      accepted(SECOND, fix(0));
      assertThat(log.after(BERLIN, seqs.getFirst(), 10)).isEqualTo(new Page.Gone());
    }

    @Test
    void numbersOfALogBeforeThisOneAreGone() {
      accepted(ANNA, fix(0));
      assertThat(log.after(only(ANNA), 900, 10)).isEqualTo(new Page.Gone());
      assertThat(log.after(only(ANNA), -1, 10)).isEqualTo(new Page.Gone());
    }

    @Test
    void forgettingMakesRoom() {
      accepted(ANNA, fixes(0, 3));
      accepted(BOB, fixes(0, 3));
      log.forget(BOB);
      accepted(FIRST, fixes(0, 3));
      accepted(SECOND, fixes(0, 2));
      assertThat(all(only(ANNA))).hasSize(3);
    }

    @Test
    void whenNoNumberCanBeGivenTheAppendFailsAndTheLogGoesOn() {
      diskFull = true;
      assertThatThrownBy(() -> append(FIRST, fix(1)))
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(UncheckedIOException.class);
      assertThat(all(BERLIN)).isEmpty();
      diskFull = false;
      accepted(FIRST, fix(1));
    }

    @Test
    void nothingIsFollowedWhenEverybodyIsGone() {
      for (Feed feed : List.of(only(ANNA), only(FIRST), BERLIN)) {
        var heard = new NotingFollower();
        Following one = log.follow(feed, heard);
        Following other = log.follow(feed, new NotingFollower());
        assertThat(log.followed()).isEqualTo(1);
        one.close();
        assertThat(log.followed()).isEqualTo(1);
        accepted(FIRST, fix(0));
        log.forget(FIRST);
        assertThat(log.followed()).isEqualTo(1);
        other.close();
        assertThat(log.followed()).isZero();
      }
    }

    @Test
    void runnersWithoutPositionsAndFollowersLeaveNothingBehind() {
      accepted(ANNA, fixes(0, 3));
      log.forget(ANNA);
      log.follow(only(SECOND), new NotingFollower()).close();
      log.follow(BERLIN, new NotingFollower()).close();
      assertThat(join(log.append(new Runner("berlin/9"), List.of()))).isEmpty();
      diskFull = true;
      assertThat(log.append(FIRST, List.of(fix(0))).toCompletableFuture())
          .isCompletedExceptionally();
      assertThat(log.known()).isZero();
    }

    @Test
    void closedLogHoldsNothing() {
      Following following = log.follow(BERLIN, new NotingFollower());
      accepted(FIRST, fixes(0, 3));
      log.close();
      following.close();
      assertThat(log.known()).isZero();
      assertThat(log.followed()).isZero();
    }
  }
}
