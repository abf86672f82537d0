package dev.trackside.loadtest.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One line of a chart, or the bars of one colour.
 *
 * @param values NaN where there is no value
 */
public record Series(String name, List<Double> values) {
  public Series {
    values = List.copyOf(values);
  }

  public static Series of(String name, double... values) {
    return new Series(name, Arrays.stream(values).boxed().toList());
  }

  static DoubleStream all(List<Series> series) {
    return series.stream().flatMap(one -> one.values.stream()).mapToDouble(Double::doubleValue);
  }
}
