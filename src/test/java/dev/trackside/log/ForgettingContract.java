package dev.trackside.log;

import static dev.trackside.log.LogUnderTest.fix;
import static dev.trackside.log.LogUnderTest.fixes;
import static dev.trackside.log.LogUnderTest.only;
import static dev.trackside.log.LogUnderTest.seqs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a log promises to runners who want to be forgotten. */
public interface ForgettingContract extends LogUnderTest {
  @Test
  default void forgottenRunnerIsGoneEverywhere() {
    accepted(FIRST, fixes(0, 20));
    List<Long> kept = accepted(SECOND, fixes(0, 3));
    accepted(FIRST, fix(20));
    log().forget(FIRST);
    assertThat(log().latest(only(FIRST), 10)).isEmpty();
    assertThat(all(only(FIRST))).isEmpty();
    assertThat(log().between(FIRST, 0, 0, Long.MAX_VALUE, 10)).isEmpty();
    assertThat(seqs(log().latest(BERLIN, 10))).isEqualTo(kept);
    assertThat(seqs(pages(BERLIN, 0, 2))).isEqualTo(kept);
    assertThat(seqs(all(only(SECOND)))).isEqualTo(kept);
  }

  @Test
  default void followersAreToldInOrder() {
    var single = new NotingFollower();
    var race = new NotingFollower();
    var other = new NotingFollower();
    try (var _ = log().follow(only(FIRST), single);
        var _ = log().follow(BERLIN, race);
        var _ = log().follow(only(SECOND), other);
        var _ = log().follow(only(ANNA), other)) {
      accepted(FIRST, fix(1));
      Position before = all(only(FIRST)).getFirst();
      log().forget(FIRST);
      accepted(FIRST, fix(1));
      Position after = all(only(FIRST)).getFirst();
      assertThat(single.told(3)).containsExactly(before, FIRST, after);
      assertThat(race.told(3)).containsExactly(before, FIRST, after);
      assertThat(other.told()).isEmpty();
    }
  }

  @Test
  default void forgottenRunnerComesBackAsSomebodyNew() {
    long newest = accepted(FIRST, fixes(0, 5)).getLast();
    log().forget(FIRST);
    List<Long> again = accepted(FIRST, fixes(0, 5));
    assertThat(again).isSorted().allMatch(seq -> seq > newest);
    assertThat(seqs(all(BERLIN))).isEqualTo(again);
    assertThat(append(FIRST, fix(2))).containsExactly(new Verdict.Duplicate(again.get(2)));
  }

  @Test
  default void numbersGrowOnAfterForgetting() {
    accepted(FIRST, fix(1));
    long newest = accepted(SECOND, fix(1));
    log().forget(SECOND);
    assertThat(accepted(FIRST, fix(2))).isGreaterThan(newest);
    assertThat(accepted(SECOND, fix(2))).isGreaterThan(newest);
  }

  @Test
  default void whoResumesFromAForgottenPositionStartsAnew() {
    List<Long> forgotten = accepted(ANNA, fixes(0, 5));
    log().forget(ANNA);
    assertThat(log().after(only(ANNA), forgotten.get(2), 10)).isEqualTo(new Page.Gone());
    accepted(ANNA, fixes(0, 5));
    assertThat(log().after(only(ANNA), forgotten.get(2), 10)).isEqualTo(new Page.Gone());
    assertThat(log().after(only(ANNA), forgotten.getLast(), 10)).isEqualTo(new Page.Gone());
  }

  @Test
  default void forgettingTwiceOrSomebodyUnknownDoesNoHarm() {
    log().forget(ANNA);
    accepted(ANNA, fix(1));
    log().forget(ANNA);
    log().forget(ANNA);
    assertThat(all(only(ANNA))).isEmpty();
    accepted(ANNA, fix(1));
    assertThat(all(only(ANNA))).hasSize(1);
  }
}
