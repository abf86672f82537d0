package dev.trackside.track;

import dev.trackside.log.MemoryTrackLog;
import dev.trackside.log.Newest;
import dev.trackside.support.Fixes;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs to number a fix: is it a duplicate, is it late, what may be dropped for it. */
@State(Scope.Thread)
public class NewestBenchmark {
  private static final int RUNNERS = 500;

  private final List<Runner> runners =
      IntStream.range(0, RUNNERS).mapToObj(bib -> new Runner("berlin/" + bib)).toList();
  private final MemoryTrackLog log =
      new MemoryTrackLog(
          InstantSource.system(),
          new AtomicLong(1)::getAndIncrement,
          new Newest.Bounds(100, 20 * RUNNERS));
  private long tMs = 1_778_400_000_000L;

  /** With the making of the fix. */
  @Benchmark
  public Object number() {
    tMs++;
    Runner runner = runners.get((int) (tMs % RUNNERS));
    return log.append(runner, List.of(Fixes.at(tMs, 52.5, 13.4)), false);
  }
}
