package dev.trackside.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Jazzer at work on one target, in a JVM of its own, in a directory that keeps its corpus. */
final class Trial {
  private static final Path SAMPLES = Path.of("src/test/resources/fuzz").toAbsolutePath();
  private static final int HANG_SECONDS = 10;
  private static final int MOST_RSS_MIB = 1_024;
  private static final int MOST_FINDINGS = 20;
  private static final Pattern FINDING = Pattern.compile("(crash|timeout|oom|leak)-[0-9a-f]+");
  private static final Pattern COVERAGE =
      Pattern.compile("#(\\d+)\\s.*cov: (\\d+) ft: (\\d+) corp: (\\d+)/");

  /** What a run came to; {@code findings} are the inputs that broke a rule. */
  record Result(
      Targets target,
      int samples,
      long executions,
      long aSecond,
      int edges,
      int features,
      int corpus,
      long slowestSeconds,
      long peakRssMib,
      int findings) {

    String row() {
      return "| %s, %s | %d | %,d | %,d | %,d | %,d | %,d | %d | %d | %d |"
          .formatted(
              target.label(),
              target.what,
              samples,
              executions,
              aSecond,
              edges,
              features,
              corpus,
              slowestSeconds,
              peakRssMib,
              findings);
    }
  }

  private final Targets target;
  private final Path directory;
  private final Path corpus;
  private final Path log;

  Trial(Targets target, Path directory) {
    this.target = target;
    this.directory = directory;
    this.corpus = directory.resolve("corpus");
    this.log = directory.resolve("log");
  }

  Result run(int seconds) throws IOException, InterruptedException {
    Files.createDirectories(corpus);
    long before = findings();
    int exit =
        new ProcessBuilder(command(seconds))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    String said = Files.readString(log);
    List<MatchResult> progress = COVERAGE.matcher(said).results().toList();
    if (progress.isEmpty()) {
      throw new IOException("Jazzer did not run, and ended with " + exit + ": see " + log);
    }
    MatchResult last = progress.getLast();
    long executions = Long.parseLong(last.group(1));
    int findings = (int) (findings() - before);
    return new Result(
        target,
        count(SAMPLES.resolve(target.label())),
        executions,
        executions / seconds,
        Integer.parseInt(last.group(2)),
        Integer.parseInt(last.group(3)),
        Integer.parseInt(last.group(4)),
        statistic("slowest_unit_time_sec", said),
        statistic("peak_rss_mb", said),
        exit == 0 ? findings : Math.max(1, findings));
  }

  private List<String> command(int seconds) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + Fuzzed.class.getName(),
            "--target_args=" + target.label(),
            "--instrumentation_includes="
                + String.join(File.pathSeparator, "dev.trackside.**", "tools.jackson.core.**"),
            "--keep_going=" + MOST_FINDINGS,
            "--reproducer_path=" + directory,
            "-max_total_time=" + seconds,
            "-timeout=" + HANG_SECONDS,
            "-rss_limit_mb=" + MOST_RSS_MIB,
            "-max_len=" + target.mostBytes,
            "-print_final_stats=1",
            "-artifact_prefix=" + directory + File.separator));
    Path words = SAMPLES.resolve(target.label() + ".dict");
    if (Files.exists(words)) {
      command.add("-dict=" + words);
    }
    command.add(corpus.toString());
    command.add(SAMPLES.resolve(target.label()).toString());
    return command;
  }

  private long findings() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> FINDING.matcher(f.getFileName().toString()).matches()).count();
    }
  }

  private static int count(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return (int) files.count();
    }
  }

  /** A number of Jazzer's own report at the end, or 0 where it did not come that far. */
  private static long statistic(String name, String said) {
    return Pattern.compile("stat::" + name + ":\\s+(\\d+)")
        .matcher(said)
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .reduce(0, (_, latest) -> latest);
  }
}
