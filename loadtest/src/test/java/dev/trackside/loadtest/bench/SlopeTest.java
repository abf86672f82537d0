package dev.trackside.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SlopeTest {
  private static final double[] HOURS = {0, 3_600, 7_200, 10_800, 14_400};

  @Test
  void aLineIsItsOwnSlope() {
    var slope = Slope.of(HOURS, new double[] {100, 102, 104, 106, 108});
    assertThat(slope.perHour()).isCloseTo(2, within(1e-9));
    assertThat(slope.errorPerHour()).isCloseTo(0, within(1e-9));
    assertThat(slope.percentOverall()).isCloseTo(100.0 * 8 / 104, within(1e-9));
    assertThat(slope.flat()).isFalse();
  }

  @Test
  void noiseIsFlat() {
    assertThat(Slope.of(HOURS, new double[] {100, 140, 90, 130, 120}).flat()).isTrue();
  }

  @Test
  void whatFallsIsFlat() {
    assertThat(Slope.of(HOURS, new double[] {100, 90, 80, 70, 60}).flat()).isTrue();
  }

  @Test
  void lessThanAHundredthInAllIsFlat() {
    assertThat(Slope.of(HOURS, new double[] {1_000, 1_001, 1_002, 1_003, 1_004}).flat()).isTrue();
  }
}
