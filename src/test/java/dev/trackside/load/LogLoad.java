package dev.trackside.load;

import dev.trackside.support.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Measures the log as phones meet it: what it takes a second, how soon it says so, what that costs.
 *
 * <pre>LogLoad [--seconds=60] [--parts=posts,phones,million] [--dir=/tmp] [--report=FILE]</pre>
 */
final class LogLoad {
  private static final int WARM_UP_SECONDS = 5;
  private static final int BATCHES_A_SECOND = 100;
  private static final int BATCH = 500;
  private static final int BATCH_RUNNERS = 40;
  private static final int BATCH_CONNECTIONS = 32;
  private static final int MESSAGES_A_SECOND = 20_000;
  private static final int PHONES = 500;

  private final StringBuilder report = new StringBuilder();
  private final int seconds;
  private final Path directory;

  private LogLoad(int seconds, Path directory) {
    this.seconds = seconds;
    this.directory = directory;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    int seconds = Integer.parseInt(option(args, "seconds", "60"));
    var load = new LogLoad(seconds, Path.of(option(args, "dir", "/tmp")));
    List<String> parts = List.of(option(args, "parts", "posts,phones,million").split(",", -1));
    if (parts.contains("posts") || parts.contains("phones")) {
      load.rates(parts);
    }
    if (parts.contains("million")) {
      load.million(Integer.parseInt(option(args, "positions", "1000000")));
    }
    String page = option(args, "report", "");
    if (!page.isEmpty()) {
      Report.write(page, load.report.toString());
    }
  }

  private static String option(String[] args, String name, String usual) {
    return Arrays.stream(args)
        .filter(arg -> arg.startsWith("--" + name + "="))
        .map(arg -> arg.substring(name.length() + 3))
        .findFirst()
        .orElse(usual);
  }

  private void say(String line) {
    System.out.println(line);
    report.append(line).append('\n');
  }

  private void rates(List<String> parts) throws IOException, InterruptedException {
    say(
        "| due a second, for %d s after %d s | acknowledged a second | p50 ms | p99 | p99.9 | slowest"
                .formatted(seconds, WARM_UP_SECONDS)
            + " | not acknowledged | 503 or refused | server CPU, µs each | cores, of all that were busy"
            + " | RSS MiB, start / most / end | disk, bytes each | acknowledged and not stored |");
    say("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (int divisor : new int[] {2, 1}) {
      if (parts.contains("posts")) {
        posts(BATCHES_A_SECOND / divisor);
      }
    }
    for (int divisor : new int[] {2, 1}) {
      if (parts.contains("phones")) {
        phones(MESSAGES_A_SECOND / divisor);
      }
    }
  }

  private void posts(int batchesASecond) throws IOException, InterruptedException {
    try (var bench = new Bench(directory, "");
        var posts = new Posts(bench.port(), BATCH_CONNECTIONS, BATCH_RUNNERS, BATCH, "batch-")) {
      Gauge gauge = Gauge.start(bench.server(), bench.data());
      Outcome outcome = posts.post(Pace.of(batchesASecond, WARM_UP_SECONDS, seconds));
      line(
          "%,d over HTTP, %d batches of %d"
              .formatted(batchesASecond * BATCH, batchesASecond, BATCH),
          bench,
          gauge,
          outcome);
    }
  }

  private void phones(int messagesASecond) throws IOException, InterruptedException {
    try (var bench = new Bench(directory, "");
        var phones = new WebSocketPhones(bench.port(), PHONES)) {
      Gauge gauge = Gauge.start(bench.server(), bench.data());
      Outcome outcome = phones.report(Pace.of(messagesASecond, WARM_UP_SECONDS, seconds));
      line(
          "%,d over %d WebSockets, one by one".formatted(messagesASecond, PHONES),
          bench,
          gauge,
          outcome);
    }
  }

  private void line(String what, Bench bench, Gauge gauge, Outcome outcome)
      throws IOException, InterruptedException {
    String cost = gauge.cells(outcome.acknowledged());
    long stored = bench.endAndCountStored();
    say(
        "| %s | %s | %s | %d |"
            .formatted(what, outcome.cells(), cost, outcome.acknowledged() - stored));
  }

  private void million(int positions) throws IOException, InterruptedException {
    try (var bench = new Bench(directory, "-Xmx128m");
        var million = new Million(bench, positions)) {
      million.measure().forEach(this::say);
    }
  }
}
