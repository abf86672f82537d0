package dev.trackside.load;

import dev.trackside.support.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures what honest spectators notice of callers who hold connections: in turn without them and
 * with them, on one server.
 *
 * <pre>Attack [--attackers=5000] [--spectators=1000] [--rounds=2] [--seconds=30] [--report=FILE]
 * </pre>
 */
final class Attack {
  private static final int RUNNERS = 10;
  private static final int WARM_UP_SECONDS = 5;

  /** As long as the server's patience, so that in each second as many come as are sent away. */
  private static final Duration ARRIVAL = Duration.ofSeconds(10);

  /** A head's deadline, and five seconds for a busy machine to look and to act. */
  private static final Duration DEADLINE = Duration.ofSeconds(15);

  /**
   * One stretch of time.
   *
   * @param attackers how many were there in the end
   * @param answered how many of them ever got an answer
   * @param left how many were still there after their deadline
   */
  record Phase(
      String name,
      SeenFixes sights,
      int attackers,
      int sentAway,
      int answered,
      double longestSeconds,
      int left,
      long rssMib,
      int heapMib,
      long files) {
    String cells() {
      return String.format(
          Locale.ROOT,
          "| %s | %s | %d | %d | %,d | %,d | %.1f | %d | %d | %d | %,d |",
          name,
          sights.latencies().cells(),
          sights.lost(),
          sights.disordered(),
          attackers,
          sentAway,
          longestSeconds,
          left,
          rssMib,
          heapMib,
          files);
    }
  }

  private final Bench bench;
  private final Spectators spectators;
  private final int attackers;
  private final int seconds;

  Attack(Bench bench, Spectators spectators, int attackers, int seconds) {
    this.bench = bench;
    this.spectators = spectators;
    this.attackers = attackers;
    this.seconds = seconds;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    int attackers = option(args, "attackers", 5_000);
    int honest = option(args, "spectators", 1_000);
    var phases = new ArrayList<Phase>();
    try (var bench = new Bench(Path.of("/tmp"), "");
        var spectators = new Spectators(bench.port(), RUNNERS, honest)) {
      var attack = new Attack(bench, spectators, attackers, option(args, "seconds", 30));
      for (int i = 0; i < option(args, "rounds", 2); i++) {
        phases.add(attack.calm());
        phases.add(attack.attacked());
      }
      phases.add(attack.calm());
    }
    String report = report(phases);
    System.out.println(report);
    for (String arg : args) {
      if (arg.startsWith("--report=")) {
        Report.write(arg.substring("--report=".length()), report);
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

  private static String report(List<Phase> phases) {
    var report =
        new StringBuilder(
            """
            | | p50 ms | p99 | p99.9 | slowest | lost | twice or out of order | attackers | sent away, times | held for, at most, s | still there after %d s | RSS MiB | heap MiB | open files |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
            """
                .formatted(DEADLINE.toSeconds()));
    phases.forEach(phase -> report.append(phase.cells()).append('\n'));
    return report.toString();
  }

  private Pace pace() {
    return Pace.of(RUNNERS, WARM_UP_SECONDS, seconds);
  }

  Phase calm() throws IOException, InterruptedException {
    SeenFixes sights = spectators.watch(pace());
    return new Phase("calm", sights, 0, 0, 0, 0, 0, rssMib(), heapMib(), files());
  }

  Phase attacked() throws IOException, InterruptedException {
    try (var attack = new Attackers(bench.port(), attackers, ARRIVAL)) {
      spectators.await(ARRIVAL);
      SeenFixes sights = spectators.watch(pace());
      int there = attack.connected();
      long rssMib = rssMib();
      int heapMib = heapMib();
      long files = files();
      attack.comeNoMore();
      spectators.await(DEADLINE);
      return new Phase(
          "attacked",
          sights,
          there,
          attack.sentAway(),
          attack.answered(),
          attack.longestSeconds(),
          attack.connected(),
          rssMib,
          heapMib,
          files);
    }
  }

  private long rssMib() throws IOException {
    return bench.server().statusKib("VmRSS") / 1024;
  }

  private int heapMib() throws IOException, InterruptedException {
    return new Heap(bench).afterFullCollectionMib();
  }

  private long files() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", "" + bench.server().pid(), "fd"))) {
      return open.count();
    }
  }
}
