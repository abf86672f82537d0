package dev.trackside.history;

import dev.trackside.support.Fixes;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What it costs until a position is on the disk, all threads together. */
@State(Scope.Thread)
public class LogBenchmark {
  private static final int RUNNERS = 500;
  private static final int MANY = 5_000;

  private final List<Runner> runners =
      IntStream.range(0, RUNNERS).mapToObj(bib -> new Runner("berlin/" + bib)).toList();
  private final Path directory;
  private final OnDisk disk;
  private long tMs = 1_778_400_000_000L;

  public LogBenchmark() {
    try {
      directory = Files.createTempDirectory("micro");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    disk = new OnDisk(directory, InstantSource.system());
  }

  @TearDown
  public void close() throws IOException {
    disk.close();
    try (var all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  /** Of 5,000 that are appended one by one, and durable when the last of them is. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public List<Verdict> store() {
    CompletionStage<List<Verdict>> last = append();
    for (int i = 1; i < MANY; i++) {
      last = append();
    }
    return last.toCompletableFuture().join();
  }

  private CompletionStage<List<Verdict>> append() {
    tMs++;
    Runner runner = runners.get((int) (tMs % RUNNERS));
    return disk.log.append(runner, List.of(Fixes.at(tMs, 52.5, 13.4)), tMs % MANY == 0);
  }
}
