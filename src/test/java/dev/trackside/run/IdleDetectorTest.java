package dev.trackside.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.run.IdleDetector.Activity;
import dev.trackside.support.Fixes;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class IdleDetectorTest {
  private static final long MINUTE_MS = 60_000;
  private static final long HOUR_MS = 60 * MINUTE_MS;
  private static final long BEGIN_MS = 1_795_000_000_000L;
  private static final long NOW_MS = BEGIN_MS + 100 * HOUR_MS;

  private final IdleDetector idle = new IdleDetector();
  private final Runner anna = new Runner("anna");

  /** Whether Anna, who has come from elsewhere, has rested for too long. */
  private boolean after(long ms, double latDeg) {
    return stateAfter(ms, latDeg) == Activity.OVER;
  }

  private Activity stateAfter(long ms, double latDeg) {
    return note(List.of(Fixes.at(BEGIN_MS + ms, latDeg, 13)), NOW_MS).getLast();
  }

  private List<Activity> note(List<Fix> fixes, long nowMs) {
    IdleDetector.Finding found = idle.judge(anna, fixes, nowMs);
    found.note().run();
    return found.activities();
  }

  @BeforeEach
  void comeFromElsewhere() {
    stateAfter(-MINUTE_MS, 51);
  }

  @Test
  void whoHasNotMovedYetHasNotForgottenToEndTheirRun() {
    idle.forget(anna);
    for (long ms = 0; ms < 8 * HOUR_MS; ms += 30 * MINUTE_MS) {
      assertThat(stateAfter(ms, 52)).isEqualTo(Activity.UNDER_WAY);
    }
    assertThat(stateAfter(9 * HOUR_MS - MINUTE_MS, 52)).isEqualTo(Activity.NOT_YET);
    assertThat(stateAfter(9 * HOUR_MS, 52.1)).isEqualTo(Activity.UNDER_WAY);
  }

  @Test
  void eachOfABatchIsJudgedByItself() {
    List<Fix> batch =
        IntStream.rangeClosed(0, 9)
            .mapToObj(h -> Fixes.at(BEGIN_MS + h * HOUR_MS, 52, 13))
            .toList();
    assertThat(note(batch, NOW_MS))
        .startsWith(Activity.UNDER_WAY)
        .endsWith(Activity.OVER, Activity.OVER)
        .filteredOn(state -> state == Activity.UNDER_WAY)
        .hasSize(8);
  }

  @Test
  void whoReportsAndDoesNotMoveRestsTooLongAfterEightHours() {
    for (long ms = 0; ms < 8 * HOUR_MS; ms += 30 * MINUTE_MS) {
      assertThat(after(ms, 52)).isFalse();
    }
    assertThat(after(8 * HOUR_MS, 52)).isTrue();
  }

  @Test
  void whoMovesBeginsAnew() {
    for (long ms = 0; ms < 20 * HOUR_MS; ms += 60 * MINUTE_MS) {
      assertThat(after(ms, 52 + ms * 1e-10)).isFalse();
    }
  }

  @Test
  void whoWasSilentForANightBeginsAnew() {
    after(0, 52);
    assertThat(after(12 * HOUR_MS, 52)).isFalse();
  }

  @Test
  void backlogSaysNothingOfNow() {
    for (long ms = 0; ms <= 7 * HOUR_MS; ms += HOUR_MS) {
      after(ms, 52);
    }
    assertThat(after(HOUR_MS, 53)).isFalse();
    assertThat(after(8 * HOUR_MS, 52)).isTrue();
  }

  @Test
  void momentsThatAreYetToComeCountAsNow() {
    assertThat(note(List.of(Fixes.at(NOW_MS, 52, 13)), NOW_MS).getLast())
        .isEqualTo(Activity.UNDER_WAY);
    assertThat(note(List.of(Fixes.at(NOW_MS + 9 * HOUR_MS, 52, 13)), NOW_MS + MINUTE_MS).getLast())
        .isEqualTo(Activity.UNDER_WAY);
  }

  @Test
  void inaccurateFixesAreNoMovement() {
    after(0, 52);
    double not = Fix.UNKNOWN;
    for (long ms = HOUR_MS; ms < 8 * HOUR_MS; ms += HOUR_MS) {
      var cell = new Fix(BEGIN_MS + ms, 52.005, 13, not, 900, not, not, not, not, not, "");
      note(List.of(cell), NOW_MS);
    }
    assertThat(after(8 * HOUR_MS, 52)).isTrue();
  }

  @Test
  void judgingChangesNothingAndMayRunAgain() {
    List<Fix> batch =
        IntStream.rangeClosed(0, 9)
            .mapToObj(h -> Fixes.at(BEGIN_MS + h * HOUR_MS, 52, 13))
            .toList();
    List<Activity> first = idle.judge(anna, batch, NOW_MS).activities();
    assertThat(idle.judge(anna, batch, NOW_MS).activities()).isEqualTo(first);
    assertThat(stateAfter(0, 52)).isEqualTo(Activity.UNDER_WAY);
  }

  @Test
  void whatWasFoundBeforeSomethingElseWasNotedGoesOnFromThat() {
    var rests = List.of(Fixes.at(BEGIN_MS, 52, 13));
    IdleDetector.Finding found = idle.judge(anna, rests, NOW_MS);
    IdleDetector.Finding later =
        idle.judge(anna, List.of(Fixes.at(BEGIN_MS + 8 * HOUR_MS, 52, 13)), NOW_MS);
    found.note().run();
    later.note().run();
    assertThat(after(8 * HOUR_MS + MINUTE_MS, 52)).isFalse(); // a silence that ends a run
  }
}
