package dev.trackside.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.run.IdleDetector.Activity;
import dev.trackside.support.Fixes;
import dev.trackside.support.Way;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(stateAfter(9 * HOUR_MS, 52.01)).isEqualTo(Activity.UNDER_WAY);
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

  /** Whether a runner on that way ends their run; a fix each so many seconds. */
  private boolean endsOn(Way way, int hours, int everySeconds) {
    var batch = new ArrayList<Fix>();
    for (int second = 0; second < hours * 3600; second += everySeconds) {
      batch.add(way.at(BEGIN_MS, second));
      if (batch.size() == 500) {
        if (note(batch, NOW_MS).contains(Activity.OVER)) {
          return true;
        }
        batch.clear();
      }
    }
    return note(batch, NOW_MS).contains(Activity.OVER);
  }

  @ParameterizedTest
  @CsvSource({
    "400, 3.0, 3, 5, 1",
    "400, 1.2, 3, 5, 1",
    "400, 0.8, 3, 5, 1",
    "400, 2.5, 5, 10, 1",
    "400, 2.5, 10, 20, 1",
    "400, 2.5, 3, 8, 10",
    "400, 2.5, 3, 8, 30",
    "400, 2.9, 4, 8, 60",
    "400, 1.5, 4, 8, 60",
    "400, 2.3, 4, 8, 120",
    "400, 2.5, 3, NaN, 5",
    "250, 2.5, 3, 5, 1",
    "200, 2.5, 3, 5, 1",
    "200, 2.5, 3, 8, 60",
    "150, 1.5, 2, 5, 1",
    "120, 2.5, 2, 5, 1",
    "100, 2.8, 3, 5, 1",
    "100, 2.8, 3, 10, 5",
    "60, 2.5, 0, NaN, 1",
    "60, 2.5, 2, 5, 1",
    "60, 1.4, 2, 5, 1",
    "60, 2.5, 2, 5, 5",
    "1000, 3.0, 5, 10, 60",
    "5000, 0.7, 5, 10, 120"
  })
  void whoRunsLapsForADayIsUnderWay(
      double lapM, double mps, double errorM, double accuracyM, int everySeconds) {
    assertThat(endsOn(Way.laps(lapM, mps).with(errorM, 10, accuracyM), 24, everySeconds)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, NaN, 1",
    "3, 0, 5, 1",
    "5, 0, NaN, 1",
    "10, 0, 10, 1",
    "13, 0, 20, 5",
    "20, 0, 20, 30",
    "30, 0, 30, 60",
    "5, 30, 5, 1",
    "10, 60, 10, 1",
    "15, 120, 10, 1",
    "20, 60, 20, 1",
    "20, 60, 10, 5",
    "30, 120, 30, 10"
  })
  void forgottenPhoneRestsHoweverItsFixesScatter(
      double errorM, double secondsAlike, double accuracyM, int everySeconds) {
    var rests = Way.rests().with(errorM, secondsAlike, accuracyM);
    assertThat(endsOn(rests, 10, everySeconds)).isTrue();
  }

  @Test
  void forgottenPhoneThatNetworksPlaceElsewhereNowAndThenRests() {
    var phone =
        Way.rests()
            .with(5, 30, 8)
            .and(second -> second % 600 == 300, Way.standsAt(4_000, 1_500).with(50, 0, 1_800));
    assertThat(endsOn(phone, 10, 10)).isTrue();
  }

  @Test
  void fixesWithoutAccuracyThatJumpAreNoMovement() {
    var phone =
        Way.rests()
            .with(5, 30, Double.NaN)
            .and(second -> second % 600 == 300, Way.standsAt(4_000, 1_500));
    assertThat(endsOn(phone, 10, 10)).isTrue();
  }

  @Test
  void whoWalksSlowlyAndNapsIsUnderWay() {
    int hour = 3_600;
    Way walks = Way.straight(0.6);
    Way naps = walks.pausing(4 * hour, 7 * hour).pausing(12 * hour, 15 * hour).with(5, 30, 8);
    assertThat(endsOn(naps, 30, 10)).isFalse();
    idle.forget(anna);
    assertThat(endsOn(naps, 30, 120)).isFalse();
  }

  @Test
  void whoWaitsAtTheStartAndThenRunsLapsIsUnderWay() {
    int hour = 3_600;
    idle.forget(anna);
    assertThat(endsOn(Way.laps(400, 2.8).pausing(0, hour).with(4, 20, 6), 20, 5)).isFalse();
    assertThat(stateAfter(21 * HOUR_MS, 52)).isEqualTo(Activity.UNDER_WAY);
  }

  @Test
  void silentTreadmillIsARest() {
    assertThat(endsOn(Way.rests().with(4, 60, 8), 9, 1)).isTrue();
  }

  /** Whether a phone that lies still and tells of its runner ends the run within a day. */
  private boolean endsThough(DoubleUnaryOperator speedMps, double heartRateBpm) {
    double not = Fix.UNKNOWN;
    var batch = new ArrayList<Fix>();
    for (int second = 0; second < 24 * 3_600; second += 5) {
      double speed = speedMps.applyAsDouble(second);
      long tMs = BEGIN_MS + second * 1_000L;
      batch.add(new Fix(tMs, 52, 13, not, 8, speed, not, not, heartRateBpm, not, ""));
    }
    return note(batch, NOW_MS).contains(Activity.OVER);
  }

  @Test
  void treadmillWhoseSpeedOrHeartIsReportedIsNoRest() {
    assertThat(endsThough(_ -> 2.8, Double.NaN)).isFalse();
    idle.forget(anna);
    assertThat(endsThough(_ -> Double.NaN, 140)).isFalse();
    idle.forget(anna);
    assertThat(endsThough(second -> second % 3_600 < 2_700 ? 2.5 : 0, 80)).isFalse();
  }

  @Test
  void forgottenPhoneThatReportsALittleSpeedRests() {
    var random = new Random(3);
    assertThat(endsThough(_ -> Math.abs(random.nextGaussian()) / 2, Double.NaN)).isTrue();
    idle.forget(anna);
    comeFromElsewhere();
    assertThat(endsThough(second -> second % 3_600 == 0 ? 90 : 0, 65)).isTrue();
  }

  @Test
  void firstStepsAfterANightAreTaken() {
    idle.forget(anna);
    for (long ms = 0; ms <= 9 * HOUR_MS; ms += 30 * MINUTE_MS) {
      stateAfter(ms, 52);
    }
    assertThat(stateAfter(9 * HOUR_MS + MINUTE_MS, 52)).isEqualTo(Activity.NOT_YET);
    assertThat(stateAfter(9 * HOUR_MS + 5 * MINUTE_MS, 52.01)).isEqualTo(Activity.UNDER_WAY);
    assertThat(stateAfter(9 * HOUR_MS + 6 * MINUTE_MS, 52.011)).isEqualTo(Activity.UNDER_WAY);
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
