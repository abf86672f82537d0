package dev.trackside.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class AxisTest {
  @Test
  void anAxisEndsAtARoundNumberAboveAllValues() {
    var axis = Axis.fromZero(DoubleStream.of(3, Double.NaN, 83));
    assertThat(axis.high()).isEqualTo(100);
    assertThat(axis.ticks()).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
    assertThat(axis.place(50)).isEqualTo(0.5);
  }

  @Test
  void aLogarithmicAxisGoesByPowersOfTen() {
    var axis = Axis.log(DoubleStream.of(0, 0.4, 250));
    assertThat(axis.low()).isEqualTo(0.1);
    assertThat(axis.high()).isEqualTo(1_000);
    assertThat(axis.place(10)).isEqualTo(0.5);
    assertThat(axis.place(-1)).isZero();
  }

  @Test
  void nothingToShowIsAnAxisAllTheSame() {
    assertThat(Axis.fromZero(DoubleStream.empty()).high()).isEqualTo(1);
    assertThat(Axis.over(DoubleStream.of(7)).high()).isEqualTo(17);
    assertThat(Axis.log(DoubleStream.of(Double.NaN)).ticks()).isNotEmpty();
  }

  @Test
  void numbersAreShort() {
    assertThat(DoubleStream.of(0, 0.05, 1.5, 1_500, 20_000, 3e6).mapToObj(Axis::words))
        .containsExactly("0", "0.05", "1.5", "1,500", "20k", "3M");
  }
}
