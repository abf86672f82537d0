package dev.trackside.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trackside.run.Movement.Says;
import dev.trackside.support.Singapore;
import dev.trackside.support.Way;
import dev.trackside.track.Earth;
import dev.trackside.track.Fix;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MovementTest {
  private static final long BEGIN_MS = 1_795_000_000_000L;
  private static final double UNKNOWN = Double.NaN;

  private final Movement movement = new Movement();

  private Says add(Fix fix) {
    return movement.add(fix.latDeg(), fix.lonDeg(), fix.tMs(), fix.accuracyM());
  }

  private double metresOf(Way way, int seconds, int everySeconds) {
    way.fixes(BEGIN_MS, seconds, everySeconds).forEach(this::add);
    return movement.metres();
  }

  @ParameterizedTest
  @CsvSource({
    "3, 0, 5, 1",
    "5, 0, NaN, 1",
    "10, 0, 10, 5",
    "10, 0, 10, 60",
    "13, 0, 20, 1",
    "5, 30, 5, 1",
    "10, 60, 10, 1",
    "10, 120, 8, 10"
  })
  void halfAnHourAtRestIsHardlyAWay(
      double errorM, double secondsAlike, double accuracyM, int everySeconds) {
    assertThat(metresOf(Way.rests().with(errorM, secondsAlike, accuracyM), 1_800, everySeconds))
        .isLessThan(200);
  }

  @ParameterizedTest
  @CsvSource({
    "0.6, 2, 30, 5, 1, 0.05",
    "1.2, 3, 20, 8, 1, 0.05",
    "3, 0, 0, NaN, 1, 0.02",
    "3, 3, 0, 5, 1, 0.08",
    "3, 5, 20, 8, 1, 0.05",
    "3, 5, 20, 8, 10, 0.05",
    "3, 5, 0, 8, 60, 0.06",
    "3, 15, 10, 40, 1, 0.15",
    "3, 30, 20, 150, 1, 0.15",
    "10, 3, 10, 5, 1, 0.05",
    "30, 3, 10, 5, 10, 0.05"
  })
  void wayIsAsLongAsItIs(
      double mps,
      double errorM,
      double secondsAlike,
      double accuracyM,
      int everySeconds,
      double share) {
    double whole = mps * 3_600;
    assertThat(
            metresOf(Way.straight(mps).with(errorM, secondsAlike, accuracyM), 3_600, everySeconds))
        .isCloseTo(whole, within(share * whole));
  }

  @ParameterizedTest
  @CsvSource({
    "400, 3, 0, 0, 5, 0.01",
    "400, 3, 3, 10, 5, 0.04",
    "400, 1.2, 3, 10, 5, 0.08",
    "200, 2.5, 2, 10, 5, 0.05",
    "100, 2.8, 2, 10, 5, 0.05",
    "60, 2.5, 0, 0, NaN, 0.08",
    "60, 2.5, 2, 10, 5, 0.05"
  })
  void lapsAreAsLongAsTheyAre(
      double lapM, double mps, double errorM, double alike, double accuracyM, double share) {
    double whole = mps * 7_200;
    assertThat(metresOf(Way.laps(lapM, mps).with(errorM, alike, accuracyM), 7_200, 1))
        .isCloseTo(whole, within(share * whole));
  }

  /** Five of sixty fixes, four kilometres off, which networks and reflections are good for. */
  @ParameterizedTest
  @CsvSource({
    "1800, 1",
    "1800, 30",
    "1800, 60",
    "1800, 300",
    "1000, 10",
    "500, 60",
    "150, 60",
    "NaN, 1",
    "NaN, 10",
    "NaN, 60"
  })
  void someFixesFarOffAddNothing(double accuracyM, int everySeconds) {
    Way runs = Way.straight(3).with(4, 10, 8);
    Way off = Way.standsAt(3_000, 2_600).with(accuracyM / 9, 0, accuracyM);
    if (Double.isNaN(accuracyM)) {
      off = Way.standsAt(3_000, 2_600);
    }
    double whole = 3.0 * 59 * everySeconds;
    Way way = runs.and(second -> List.of(9, 21, 30, 38, 51).contains(second / everySeconds), off);
    assertThat(metresOf(way, 60 * everySeconds, everySeconds))
        .isCloseTo(whole, within(40 + 7.0 * everySeconds));
  }

  @Test
  void fixesFarOffOneAfterTheOtherAddNothing() {
    Way runs = Way.straight(3).with(4, 10, 8);
    Way off = Way.standsAt(3_000, 2_600).with(200, 0, 1_800);
    Way way = runs.and(second -> second >= 600 && second < 900, off);
    assertThat(metresOf(way, 1_800, 60)).isCloseTo(5_220, within(250.0));
  }

  @Test
  void tunnelIsAWay() {
    Way runs = Way.straight(3).with(3, 10, 5);
    List<Fix> fixes = runs.fixes(BEGIN_MS, 1_800, 1);
    fixes.subList(0, 600).forEach(this::add);
    fixes.subList(1_200, 1_800).forEach(this::add);
    assertThat(movement.metres()).isCloseTo(5_400, within(150.0));
  }

  @Test
  void sparseFixesInATunnelAreAWay() {
    assertThat(metresOf(Way.straight(3).with(30, 0, 60), 7_200, 180))
        .isCloseTo(21_000, within(1_200.0));
  }

  @Test
  void phoneThatKnowsRoughlyWhereItIsGoesAWayTheSame() {
    assertThat(metresOf(Way.straight(3).with(200, 0, 500), 6 * 3_600, 300))
        .isCloseTo(64_000, within(4_000.0));
  }

  @Test
  void outAndBackIsTwiceTheWay() {
    Way out = second -> new Way.Spot(second / 300 % 2 * 1_000, 0, UNKNOWN);
    assertThat(metresOf(out, 3_000, 300)).isCloseTo(8_000, within(1.0));
  }

  @Test
  void flightIsNoWayAndTheRunGoesOnBehindIt() {
    Way flies = second -> new Way.Spot(second < 600 ? 0 : 200_000 + 3 * second, 0, 5);
    assertThat(metresOf(flies, 1_200, 1)).isCloseTo(1_800, within(60.0));
  }

  @Test
  void whatItSays() {
    assertThat(add(Way.standsAt(0, 0).at(BEGIN_MS, 0))).isEqualTo(Says.NEAR);
    assertThat(add(Way.standsAt(3, 0).at(BEGIN_MS, 1))).isEqualTo(Says.NEAR);
    assertThat(add(new Fixed(900, 1_800).at(BEGIN_MS, 2))).isEqualTo(Says.HALO);
    assertThat(add(new Fixed(9_000, 1_800).at(BEGIN_MS, 3))).isEqualTo(Says.HALO);
    assertThat(add(Way.standsAt(40, 0).at(BEGIN_MS, 10))).isEqualTo(Says.AWAY);
    assertThat(movement.isAway()).isTrue();
    assertThat(add(Way.standsAt(44, 0).at(BEGIN_MS, 11))).isEqualTo(Says.CONFIRMS);
    assertThat(add(Way.standsAt(100, 0).at(BEGIN_MS, 21))).isEqualTo(Says.AWAY);
    assertThat(add(Way.standsAt(160, 0).at(BEGIN_MS, 31))).isEqualTo(Says.GOES_ON);
    assertThat(add(Way.standsAt(9_160, 0).at(BEGIN_MS, 32))).isEqualTo(Says.GOES_ON);
    assertThat(movement.isAway()).isFalse();
    assertThat(add(Way.standsAt(162, 0).at(BEGIN_MS, 33))).isEqualTo(Says.NEAR);
  }

  private record Fixed(double eastM, double accuracyM) implements Way {
    @Override
    public Spot at(int second) {
      return new Spot(eastM, 0, accuracyM);
    }
  }

  /** Before the rule, steps of 8 m and more counted. */
  @ParameterizedTest
  @CsvSource({
    "NaN, 1, 0.01",
    "0, 1, 0.012",
    "5, 1, 0.01",
    "10, 1, 0.01",
    "8, 10, 0.01",
    "30, 1, 0.03"
  })
  void recordedRunIsAsLongAsItWas(double accuracyM, int every, double share) throws Exception {
    List<Singapore.Moment> run = Singapore.from(BEGIN_MS);
    Singapore.Moment from = run.getFirst();
    double steps = 0;
    for (int i = 0; i < run.size(); i += every) {
      Singapore.Moment now = run.get(i);
      movement.add(now.lat(), now.lon(), now.tMs(), accuracyM);
      double step = Earth.metres(from.lat(), from.lon(), now.lat(), now.lon());
      if (step >= 8) {
        steps += step;
        from = now;
      }
    }
    assertThat(movement.metres()).isCloseTo(steps, within(share * steps));
  }

  @Test
  void oneWholeRunThatIsGoodToThirtyMetresIsAsLongAsItIs() {
    assertThat(metresOf(Way.straight(3).with(10, 30, 30), 3_600, 1))
        .isCloseTo(10_800, within(0.06 * 10_800));
  }

  @Test
  void slowDriftIsAsFarAsItLeads() {
    Way drifts = second -> new Way.Spot(second * 0.05, 0, 10);
    assertThat(metresOf(drifts.with(3, 20, 10), 3_600, 1)).isBetween(90.0, 270.0);
  }

  @Test
  void restAfterARunAddsLittle() {
    Way rests = Way.straight(3).pausing(600, 2_400).with(5, 30, 5);
    assertThat(metresOf(rests, 2_400, 1)).isCloseTo(1_800, within(120.0));
  }

  @Test
  void copyGoesItsOwnWay() {
    metresOf(Way.straight(3), 600, 1);
    double before = movement.metres();
    Movement copy = movement.copy();
    IntStream.range(600, 900)
        .mapToObj(second -> Way.straight(3).at(BEGIN_MS, second))
        .forEach(fix -> copy.add(fix.latDeg(), fix.lonDeg(), fix.tMs(), fix.accuracyM()));
    assertThat(movement.metres()).isEqualTo(before);
    assertThat(copy.metres()).isGreaterThan(before + 800);
  }
}
