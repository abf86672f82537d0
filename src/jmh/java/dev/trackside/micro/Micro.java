package dev.trackside.micro;

import dev.trackside.support.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks beside the code and tells what each costs.
 *
 * <pre>Micro [--only=REGEX] [--report=FILE]</pre>
 */
final class Micro {
  private static final String ALL = "dev\\.trackside\\..*";
  private static final String HEADING = "| what | µs | ± | bytes |\n|---|---|---|---|\n";

  private Micro() {}

  public static void main(String[] args) throws RunnerException, IOException {
    String only = option(args, "only");
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(only.isEmpty() ? ALL : only)
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .forks(1)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(5)
            .measurementTime(TimeValue.seconds(1))
            .shouldFailOnError(true)
            .addProfiler(GCProfiler.class)
            .jvmArgs("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xms64m", "-Xmn24m")
            .jvmArgsAppend("--enable-native-access=ALL-UNNAMED");
    Collection<RunResult> results = new Runner(options.build()).run();
    String table = table(results);
    System.out.println(table);
    if (!option(args, "report").isEmpty()) {
      Report.write(option(args, "report"), table);
    }
  }

  private static String option(String[] args, String name) {
    String start = "--" + name + "=";
    for (String arg : args) {
      if (arg.startsWith(start)) {
        return arg.substring(start.length());
      }
    }
    return "";
  }

  private static String table(Collection<RunResult> results) {
    List<RunResult> sorted = new ArrayList<>(results);
    sorted.sort(Comparator.comparing(result -> result.getParams().id()));
    return sorted.stream().map(Micro::row).collect(Collectors.joining("", HEADING, ""));
  }

  private static String row(RunResult result) {
    Result<?> time = result.getPrimaryResult();
    Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s |%n",
        name(result),
        rounded(time.getScore()),
        rounded(time.getScoreError()),
        allocated == null ? "–" : "%,d".formatted(Math.round(allocated.getScore())));
  }

  /** The class and the method as words, and the parameters. */
  private static String name(RunResult result) {
    String[] parts = result.getParams().getBenchmark().split("\\.", -1);
    String room = parts[parts.length - 2].replace("Benchmark", "");
    String method = parts[parts.length - 1].replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    String values =
        result.getParams().getParamsKeys().stream()
            .map(key -> ", " + key + " " + result.getParams().getParam(key))
            .collect(Collectors.joining());
    return room + ": " + method + values;
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
  }
}
