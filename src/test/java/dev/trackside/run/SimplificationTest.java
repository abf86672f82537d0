package dev.trackside.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SimplificationTest {
  private static List<Integer> kept(double tolerance, double[]... axes) {
    double[] worths = new Simplification(axes).worths(tolerance);
    return above(tolerance, worths);
  }

  private static List<Integer> above(double tolerance, double[] worths) {
    return IntStream.range(0, worths.length).filter(i -> worths[i] > tolerance).boxed().toList();
  }

  private static double[] line(int size, IntToDoubleFunction place) {
    return IntStream.range(0, size).mapToDouble(place).toArray();
  }

  @Test
  void straightLineIsItsEnds() {
    assertThat(kept(0.1, new double[] {0, 1, 2, 3}, new double[] {0, 1, 2, 3}))
        .containsExactly(0, 3);
  }

  @Test
  void whoTurnsBackOnTheSameLineIsKeptAtTheTurn() {
    assertThat(kept(0.1, new double[] {0, 1, 9, 3, 2}, new double[5])).containsExactly(0, 2, 4);
  }

  @Test
  void loopThatEndsWhereItBeganIsNoPoint() {
    assertThat(kept(0.5, new double[] {0, 1, 1, 0, 0}, new double[] {0, 0, 1, 1, 0}))
        .containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void nothingOneAndTwoPointsStay() {
    assertThat(kept(1, new double[0], new double[0])).isEmpty();
    assertThat(kept(1, new double[1], new double[1])).containsExactly(0);
    assertThat(kept(1, new double[2], new double[2])).containsExactly(0, 1);
  }

  @Test
  void oneWeighingServesForAllTolerances() {
    var random = new Random(5);
    double[] x = DoubleStream.iterate(0, at -> at + random.nextGaussian()).limit(3_000).toArray();
    double[] y = DoubleStream.iterate(0, at -> at + random.nextGaussian()).limit(3_000).toArray();
    double[] worths = new Simplification(x, y).worths(0.5);
    int before = Integer.MAX_VALUE;
    for (double tolerance = 0.5; tolerance < 100; tolerance *= 1.5) {
      List<Integer> kept = above(tolerance, worths);
      assertThat(kept).hasSizeLessThanOrEqualTo(before).contains(0, 2_999);
      assertThat(farthest(kept, x, y)).isLessThanOrEqualTo(tolerance);
      before = kept.size();
    }
  }

  /** How far any point is from the line through those that are kept. */
  private static double farthest(List<Integer> kept, double[] x, double[] y) {
    double most = 0;
    for (int k = 1; k < kept.size(); k++) {
      int from = kept.get(k - 1);
      int to = kept.get(k);
      for (int i = from; i <= to; i++) {
        most =
            Math.max(most, off(x[i] - x[from], y[i] - y[from], x[to] - x[from], y[to] - y[from]));
      }
    }
    return most;
  }

  private static double off(double x, double y, double alongX, double alongY) {
    double square = alongX * alongX + alongY * alongY;
    double part = square == 0 ? 0 : Math.clamp((x * alongX + y * alongY) / square, 0, 1);
    return Math.hypot(x - part * alongX, y - part * alongY);
  }

  /** Each cut of a zigzag that shrinks or grows takes off one point, which would be quadratic. */
  @Test
  void noShapeCostsMuchMoreThanItsLength() {
    int size = 100_000;
    var random = new Random(1);
    List<IntToDoubleFunction> shapes =
        List.of(
            i -> i % 2 == 0 ? i : -i,
            i -> i % 2 == 0 ? size - i : i - size,
            i -> i % 2 == 0 ? 1 : -1,
            i -> (i % 2 == 0 ? 1 : -1) * (1_000 - i % 1_000),
            i -> Math.pow(1.0001, i),
            i -> random.nextGaussian(),
            i -> i * (double) i);
    for (IntToDoubleFunction shape : shapes) {
      var simplification = new Simplification(line(size, shape), line(size, i -> i));
      simplification.worths(1e-9);
      assertThat(simplification.measured).isLessThan(50L * size);
    }
  }
}
