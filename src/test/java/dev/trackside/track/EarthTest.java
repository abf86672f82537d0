package dev.trackside.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EarthTest {
  @Test
  void metresAreThoseOfTheGlobe() {
    assertThat(Earth.metres(52, 13, 53, 13)).isBetween(111_190.0, 111_200.0);
    assertThat(Earth.metres(60, 13, 60, 14)).isBetween(55_500.0, 55_700.0);
    assertThat(Earth.metres(0, 179.9, 0, -179.9)).isBetween(22_200.0, 22_300.0);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0", "0, 1, 90", "-1, 0, 180", "0, -1, 270", "1, 1, 45"})
  void headingsGoClockwiseFromNorth(double northDeg, double eastDeg, double headingDeg) {
    double lonDeg = 179.9995;
    double otherLonDeg = Math.IEEEremainder(lonDeg + eastDeg / 1_000, 360);
    assertThat(Earth.headingDeg(0, lonDeg, northDeg / 1_000, otherLonDeg))
        .isEqualTo(headingDeg, within(0.01));
  }

  @Test
  void degreeEastIsNeverNothing() {
    assertThat(Earth.metresPerDegreeEast(60)).isEqualTo(Earth.METRES_PER_DEGREE / 2, within(0.1));
    assertThat(Earth.metresPerDegreeEast(90)).isPositive();
  }
}
