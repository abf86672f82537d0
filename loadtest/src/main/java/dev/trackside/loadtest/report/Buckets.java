package dev.trackside.loadtest.report;

import dev.trackside.loadtest.result.Second;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The seconds of a race in groups, no more than a chart has room for.
 *
 * @param width the number of seconds in a group
 */
record Buckets(int width, List<List<Second>> groups) {
  static Buckets of(List<Second> seconds, int most) {
    int width = Math.max(1, (seconds.size() + most - 1) / most);
    var groups = new ArrayList<List<Second>>();
    for (int from = 0; from < seconds.size(); from += width) {
      groups.add(seconds.subList(from, Math.min(seconds.size(), from + width)));
    }
    return new Buckets(width, groups);
  }

  List<Double> places() {
    return groups.stream().map(group -> (double) group.getFirst().at()).toList();
  }

  Series most(String name, ToDoubleFunction<Second> value) {
    return new Series(
        name,
        groups.stream()
            .map(
                group ->
                    group.stream()
                        .mapToDouble(value)
                        .filter(Double::isFinite)
                        .max()
                        .orElse(Double.NaN))
            .toList());
  }

  Series mean(String name, ToDoubleFunction<Second> value) {
    return new Series(
        name,
        groups.stream()
            .map(
                group ->
                    group.stream()
                        .mapToDouble(value)
                        .filter(Double::isFinite)
                        .average()
                        .orElse(Double.NaN))
            .toList());
  }
}
