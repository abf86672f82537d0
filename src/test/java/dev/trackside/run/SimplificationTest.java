package dev.trackside.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

final class SimplificationTest {
  private static BitSet kept(double tolerance, double[] x, double[] y) {
    return new Simplification(x, y).within(tolerance);
  }

  @Test
  void straightLineIsItsEnds() {
    assertThat(kept(0.1, new double[] {0, 1, 2, 3}, new double[] {0, 1, 2, 3}).stream())
        .containsExactly(0, 3);
  }

  @Test
  void whoTurnsBackOnTheSameLineIsKeptAtTheTurn() {
    assertThat(kept(0.1, new double[] {0, 1, 9, 3, 2}, new double[5]).stream())
        .containsExactly(0, 2, 4);
  }

  @Test
  void loopThatEndsWhereItBeganIsNoPoint() {
    assertThat(kept(0.5, new double[] {0, 1, 1, 0, 0}, new double[] {0, 0, 1, 1, 0}).stream())
        .containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void nothingOneAndTwoPointsStay() {
    assertThat(kept(1, new double[0], new double[0]).isEmpty()).isTrue();
    assertThat(kept(1, new double[1], new double[1]).stream()).containsExactly(0);
    assertThat(kept(1, new double[2], new double[2]).stream()).containsExactly(0, 1);
  }

  @Test
  void zigzagThatGrowsCostsNoMoreThanItsLength() {
    int size = 100_000;
    double[] x = new double[size];
    for (int i = 0; i < size; i++) {
      x[i] = i % 2 == 0 ? i : -i;
    }
    assertThat(kept(0.2, x, new double[size]).cardinality()).isEqualTo(size);
    assertThat(kept(1e6, x, new double[size]).cardinality()).isEqualTo(101);
  }
}
