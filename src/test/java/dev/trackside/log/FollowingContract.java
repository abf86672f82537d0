package dev.trackside.log;

import static dev.trackside.log.LogUnderTest.fix;
import static dev.trackside.log.LogUnderTest.fixes;
import static dev.trackside.log.LogUnderTest.join;
import static dev.trackside.log.LogUnderTest.only;
import static dev.trackside.log.LogUnderTest.seqs;
import static java.util.concurrent.CompletableFuture.allOf;
import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.track.Fix;
import dev.trackside.track.Follower;
import dev.trackside.track.Following;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What a log promises to followers. */
public interface FollowingContract extends LogUnderTest {
  @Test
  default void followerHearsARunnerFromNowOnAsReadersFindThem() {
    accepted(ANNA, fixes(0, 3));
    var heard = new NotingFollower();
    try (var _ = log().follow(only(ANNA), heard)) {
      append(ANNA, fix(10), fix(5), fix(10), fix(11));
      accepted(ANNA, fix(12));
      assertThat(heard.positions(4)).isEqualTo(all(only(ANNA)).subList(3, 7));
    }
  }

  @Test
  default void followerOfARaceHearsEveryoneInIt() {
    var heard = new NotingFollower();
    try (var _ = log().follow(BERLIN, heard)) {
      for (int i = 0; i < 5; i++) {
        accepted(SECOND, fix(i));
        accepted(FIRST, fixes(2 * i, 2 * i + 2));
      }
      assertThat(heard.positions(15)).isEqualTo(all(BERLIN));
    }
  }

  @Test
  default void followerHearsNothingOfOtherFeeds() {
    var race = new NotingFollower();
    var single = new NotingFollower();
    try (var _ = log().follow(BERLIN, race);
        var _ = log().follow(only(FIRST), single)) {
      for (String other : List.of("berlin", "berlin2/1", "ber/1", "BERLIN/1", "1", "berlin_1")) {
        accepted(new Runner(other), fix(1));
      }
      accepted(SECOND, fix(1));
      accepted(FIRST, fix(1));
      assertThat(race.positions(2)).extracting(Position::runner).containsExactly(SECOND, FIRST);
      assertThat(single.positions(1)).extracting(Position::runner).containsExactly(FIRST);
    }
  }

  @Test
  default void oneFollowerMayHearSeveralFeeds() {
    var heard = new NotingFollower();
    try (var _ = log().follow(only(ANNA), heard);
        var _ = log().follow(only(FIRST), heard)) {
      accepted(ANNA, fix(1));
      accepted(FIRST, fix(1));
      assertThat(heard.told(2)).hasSize(2);
    }
    accepted(ANNA, fix(2));
    accepted(FIRST, fix(2));
    assertThat(heard.told()).hasSize(2);
  }

  @Test
  default void nothingIsToldAfterTheEnd() {
    var gone = new NotingFollower();
    var staying = new NotingFollower();
    Following ended = log().follow(only(FIRST), gone);
    Following endedRace = log().follow(BERLIN, gone);
    try (var _ = log().follow(only(FIRST), staying)) {
      ended.close();
      endedRace.close();
      ended.close();
      endedRace.close();
      accepted(FIRST, fix(1));
      log().forget(FIRST);
      assertThat(staying.told(2)).hasSize(2);
      assertThat(gone.told()).isEmpty();
    }
  }

  @Test
  default void whoFollowsAgainHearsAgain() {
    var heard = new NotingFollower();
    log().follow(BERLIN, heard).close();
    accepted(FIRST, fix(1));
    try (var _ = log().follow(BERLIN, heard)) {
      long seq = accepted(FIRST, fix(2));
      assertThat(seqs(heard.positions(1))).containsExactly(seq);
    }
  }

  @Test
  default void followerIsToldNoLaterThanAReadReturnsIt() {
    var heard = new NotingFollower();
    try (var appending = Executors.newVirtualThreadPerTaskExecutor();
        var _ = log().follow(BERLIN, heard)) {
      var done = runAsync(() -> fixes(0, 500).forEach(fix -> accepted(FIRST, fix)), appending);
      while (!done.isDone()) {
        for (Position newest : log().latest(only(FIRST), 1)) {
          assertThat(heard.knows(newest.seq())).isTrue();
        }
      }
      join(done);
      heard.positions(500);
    }
  }

  @Test
  default void whatIsAppendedTogetherIsToldTogether() {
    var bunches = new ArrayList<List<Long>>();
    Follower counting =
        new Follower() {
          @Override
          public void positions(List<Position> bunch) {
            bunches.add(seqs(bunch));
          }

          @Override
          public void erased(Runner runner) {}
        };
    try (var _ = log().follow(BERLIN, counting)) {
      List<Long> first = accepted(FIRST, fixes(0, 3));
      append(FIRST, fix(1), fix(2));
      List<Long> second = accepted(SECOND, fixes(0, 2));
      await().untilAsserted(() -> assertThat(bunches).containsExactly(first, second));
    }
  }

  @Test
  default void witnessHearsOfEverybodyBeforeFollowersAndReaders() {
    var witness = new NotingFollower();
    log().tellFirst(witness);
    var told = new ArrayList<Long>();
    Follower late =
        new Follower() {
          @Override
          public void positions(List<Position> bunch) {
            bunch.stream().filter(p -> witness.knows(p.seq())).forEach(p -> told.add(p.seq()));
          }

          @Override
          public void erased(Runner runner) {}
        };
    try (var appending = Executors.newVirtualThreadPerTaskExecutor();
        var _ = log().follow(BERLIN, late)) {
      var done = runAsync(() -> fixes(0, 300).forEach(fix -> accepted(FIRST, fix)), appending);
      while (!done.isDone()) {
        for (Position newest : log().newest(List.of(FIRST))) {
          assertThat(witness.knows(newest.seq())).isTrue();
        }
      }
      join(done);
      accepted(ANNA, fix(0));
      log().forget(ANNA);
      assertThat(witness.positions(301)).extracting(Position::runner).contains(ANNA);
      await().untilAsserted(() -> assertThat(told).hasSize(300));
      assertThat(witness.erased()).containsExactly(ANNA);
    }
  }

  @Test
  default void betweenReadingAndFollowingThereIsNoGap() {
    try (var appending = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = runAsync(() -> fixes(0, 400).forEach(fix -> accepted(FIRST, fix)), appending);
      var joiners = new ArrayList<NotingFollower>();
      var followings = new ArrayList<Following>();
      var pasts = new ArrayList<List<Position>>();
      do {
        var heard = new NotingFollower();
        joiners.add(heard);
        followings.add(log().follow(only(FIRST), heard));
        pasts.add(all(only(FIRST)));
      } while (!done.isDone() && joiners.size() < 50);
      join(done);
      List<Long> everything = seqs(all(only(FIRST)));
      assertThat(everything).hasSize(400);
      for (int i = 0; i < joiners.size(); i++) {
        var known = new TreeSet<>(seqs(pasts.get(i)));
        known.addAll(joiners.get(i).seqs());
        assertThat(known).containsExactlyElementsOf(everything);
      }
      followings.forEach(Following::close);
    }
  }

  @Test
  default void whileManyAppendAFollowerHearsEachOnceAndInOrder() {
    int threads = 8;
    int rounds = 40;
    int batch = 5;
    List<Runner> runners = List.of(FIRST, SECOND, new Runner("berlin/3"), ANNA);
    var race = new NotingFollower();
    var first = new NotingFollower();
    var anna = new NotingFollower();
    try (var appending = Executors.newVirtualThreadPerTaskExecutor();
        var _ = log().follow(BERLIN, race);
        var _ = log().follow(only(FIRST), first);
        var _ = log().follow(only(ANNA), anna)) {
      var all = new CompletableFuture<?>[threads];
      for (int t = 0; t < threads; t++) {
        int start = t * rounds * batch;
        all[t] =
            runAsync(
                () -> {
                  for (int i = start; i < start + rounds * batch; i += batch) {
                    List<Fix> fixes = fixes(i, i + batch);
                    runners.forEach(runner -> append(runner, fixes));
                  }
                },
                appending);
      }
      join(allOf(all));
      int each = threads * rounds * batch;
      assertThat(race.positions(3 * each)).isEqualTo(pages(BERLIN, 0, 777));
      assertThat(first.positions(each)).isEqualTo(all(only(FIRST)));
      assertThat(anna.positions(each)).isEqualTo(all(only(ANNA)));
    }
  }
}
