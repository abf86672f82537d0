package dev.trackside.load;

import dev.trackside.support.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures what honest spectators notice while everybody who means harm is there at once, beside a
 * server with a small heap.
 *
 * <pre>HostileRound [--spectators=1000] [--seconds=300] [--report=FILE]
 * </pre>
 */
final class HostileRound {
  static final String SMALL_HEAP = "-Xmx512m";
  static final String LIMITS = "--limit-loopback";
  private static final int RUNNERS = 100;
  private static final int WARM_UP_SECONDS = 10;
  private static final int CALM_SECONDS = 60;

  private HostileRound() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    var report =
        new StringBuilder(
            """
            | | p50 ms | p99 | p99.9 | slowest | lost | twice or out of order | RSS MiB |
            |---|---|---|---|---|---|---|---|
            """);
    try (var bench = new Bench(Path.of("/tmp"), SMALL_HEAP, LIMITS);
        var spectators = new Spectators(bench.port(), RUNNERS, option(args, "spectators", 1_000))) {
      Foes.prepare(bench.port(), Hostility.PAST_POSITIONS);
      int seconds = option(args, "seconds", 300);
      int calmSeconds = Math.min(seconds, CALM_SECONDS);
      report.append(phase("calm", bench, spectators, calmSeconds));
      var met = new StringBuilder("\n| meanwhile | callers | tries |\n|---|---|---|\n");
      try (var foes = new Foes(bench.port(), 1)) {
        report.append(phase("attacked", bench, spectators, seconds));
        for (int kind = 0; kind < Hostility.ALL.size(); kind++) {
          Hostility hostility = Hostility.ALL.get(kind);
          met.append(
              String.format(
                  Locale.ROOT,
                  "| %s | %d | %,d |%n",
                  hostility.words(),
                  hostility.callers(),
                  foes.tries(kind)));
        }
      }
      report.append(phase("calm again", bench, spectators, calmSeconds)).append(met);
      report.append(
          "\nThe server is asked to end, and ends with %d.%n"
              .formatted(bench.server().terminate()));
    }
    System.out.println(report);
    for (String arg : args) {
      if (arg.startsWith("--report=")) {
        Report.write(arg.substring("--report=".length()), report.toString());
      }
    }
  }

  private static int option(String[] args, String name, int usual) {
    return Arrays.stream(args)
        .filter(arg -> arg.startsWith("--" + name + "="))
        .map(arg -> Integer.parseInt(arg.substring(name.length() + 3)))
        .findFirst()
        .orElse(usual);
  }

  private static String phase(String name, Bench bench, Spectators spectators, int seconds)
      throws IOException {
    SeenFixes seen = spectators.watch(Pace.of(RUNNERS, WARM_UP_SECONDS, seconds));
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %d | %d |%n",
        name,
        seen.latencies().cells(),
        seen.lost(),
        seen.disordered(),
        bench.server().statusKib("VmRSS") / 1024);
  }
}
