package dev.trackside.track;

import static dev.trackside.track.Fix.NO_TIME;
import static dev.trackside.track.Fix.OLDEST_MS;
import static dev.trackside.track.Fix.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackside.support.Fixes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixTest {
  /** A fix whose measure of this name is {@code value}; the others are unknown. */
  private static Fix with(String name, double value) {
    double[] measures = {
      0, 0, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN,
    };
    String[] names = {"lat", "lon", "alt", "acc", "speed", "heading", "battery", "hr", "queue"};
    for (int i = 0; i < names.length; i++) {
      measures[i] = names[i].equals(name) ? value : measures[i];
    }
    return new Fix(
        NO_TIME,
        measures[0],
        measures[1],
        measures[2],
        measures[3],
        measures[4],
        measures[5],
        measures[6],
        measures[7],
        measures[8],
        "");
  }

  @ParameterizedTest
  @CsvSource({
    "lat, -90, 90",
    "lon, -180, 180",
    "alt, -12000, 100000",
    "acc, 0, 100000000",
    "speed, 0, 100000",
    "heading, 0, 360",
    "battery, 0, 100",
    "hr, 0, 300",
    "queue, 0, 1000000000"
  })
  void measuresHaveARange(String name, int least, int most) {
    assertThat(with(name, least)).isEqualTo(with(name, least));
    assertThat(with(name, most)).isNotEqualTo(with(name, least));
    String rule = name + " must be between " + least + " and " + most + ", got ";
    for (double wrong :
        new double[] {
          Math.nextDown((double) least),
          Math.nextUp((double) most),
          least - 1,
          most + 1.5,
          -Double.MAX_VALUE,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY
        }) {
      assertThatThrownBy(() -> with(name, wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(rule + wrong);
    }
  }

  @Test
  void sentenceNamesTheValueAndTheRule() {
    assertThatThrownBy(() -> Fixes.at(91.2, 0))
        .hasMessage("lat must be between -90 and 90, got 91.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lat", "lon"})
  void fixWithoutAPlaceIsNone(String name) {
    assertThatThrownBy(() -> with(name, UNKNOWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + " must be between ")
        .hasMessageEndingWith(", got NaN");
  }

  @Test
  void minusZeroIsTheSameAsZero() {
    assertThat(Fixes.at(-0.0, -0.0)).isEqualTo(Fixes.at(0, 0));
    assertThat(new Fix(OLDEST_MS, 0, 0, -0.0, -0.0, -0.0, -0.0, -0.0, -0.0, -0.0, ""))
        .isEqualTo(new Fix(OLDEST_MS, 0, 0, 0, 0, 0, 0, 0, 0, 0, ""));
  }

  @Test
  void momentIsAnyThatAClockMaySayOrUnknown() {
    assertThat(Fixes.at(1, 0, 0).hasTime()).isTrue();
    assertThat(Fixes.at(Long.MAX_VALUE, 0, 0).hasTime()).isTrue();
    assertThat(Fixes.at(0, 0).hasTime()).isFalse();
    for (long wrong : new long[] {0, -1, NO_TIME + 1}) {
      assertThatThrownBy(() -> Fixes.at(wrong, 0, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("t must be after 1970-01-01, got " + wrong + " ms");
    }
  }
}
