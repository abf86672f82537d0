package dev.trackside.loadtest.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TimetableTest {
  private final Timetable timetable =
      new Timetable(1_795_327_517_416_321L, 1_000_000, 5_000_000, 7, 60);

  @Test
  void aPositionIsKnownByItsMomentInMsAndInSeconds() {
    for (int runner = 0; runner < 7; runner++) {
      for (int number = 0; number < timetable.positions(runner); number++) {
        long micros = timetable.fixMicros(runner, number);
        assertThat(timetable.numberAt(runner, micros / 1000)).isEqualTo(number);
        assertThat(timetable.numberAt(runner, micros / 1_000_000 * 1000)).isEqualTo(number);
      }
    }
  }

  @Test
  void whoSetsOutLaterTakesFewerPositionsAndAllEndTogether() {
    assertThat(timetable.positions(0)).isEqualTo(59);
    assertThat(timetable.positions(6)).isEqualTo(55);
    for (int runner = 0; runner < 7; runner++) {
      int last = timetable.positions(runner) - 1;
      assertThat(timetable.numberIn(59, runner)).isEqualTo(last);
      assertThat(timetable.fixMicros(runner, last)).isLessThan(timetable.endMicros());
      assertThat(timetable.fixMicros(runner, 0)).isGreaterThan(timetable.joinMicros(runner));
    }
  }

  @Test
  void whatIsTakenInATunnelIsDueBehindIt() {
    var tunnel = new Tunnel(10, 3, 8, 40);
    assertThat(tunnel.holds(1)).isFalse();
    assertThat(tunnel.begins(2)).isTrue();
    assertThat(tunnel.sentWith(2)).isEqualTo(5);
    assertThat(tunnel.sentWith(4)).isEqualTo(5);
    assertThat(tunnel.begins(4)).isFalse();
    assertThat(tunnel.sentWith(5)).isEqualTo(5);
  }

  @Test
  void noTunnelLastsUntilTheEnd() {
    var tunnel = new Tunnel(10, 3, 8, 25);
    assertThat(tunnel.holds(22)).isFalse();
    assertThat(new Tunnel(10, 3, 8, 26).holds(22)).isTrue();
  }
}
