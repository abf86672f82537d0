package dev.trackside.loadtest.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MergeTest {
  private static Outcome outcome(long startedMs, long lost, long micros, @Nullable ServerUse use) {
    Histogram latency = Latency.histogram();
    latency.recordValueWithCount(micros, 100);
    return new Outcome(
        "ws://host/ws",
        startedMs,
        Map.of("runners", "5", "spectators", String.valueOf(lost)),
        new Counts(1, 2, 3, 4, 5, 6, 7, 8, lost, 10, 11, 12),
        Latency.encode(latency),
        List.of(
            new Second(0, 10, 5, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN),
            new Second(1, 10, 5, 50, 1, micros / 1000.0, micros / 1000.0, 0.5, 100)),
        use,
        lost == 0 ? List.of() : List.of("lost"),
        List.of());
  }

  @Test
  void countsAndHistogramsAreAddedAndSecondsAligned() {
    Outcome all =
        Merge.of(List.of(outcome(11_000, 0, 1_000, null), outcome(10_040, 9, 9_000, null)));
    assertThat(all.startedMs()).isEqualTo(10_040);
    assertThat(all.counts()).isEqualTo(new Counts(2, 4, 6, 8, 10, 12, 14, 16, 9, 20, 22, 24));
    Histogram latency = Latency.decode(all.latency());
    assertThat(latency.getTotalCount()).isEqualTo(200);
    assertThat(Latency.percentileMs(latency, 50)).isBetween(0.99, 1.01);
    assertThat(Latency.percentileMs(latency, 99)).isBetween(8.99, 9.01);
    assertThat(all.seconds()).extracting(Second::at).containsExactly(0, 1, 2);
    assertThat(all.seconds()).extracting(Second::open).containsExactly(10, 20, 10);
    assertThat(all.seconds()).extracting(Second::delivered).containsExactly(0L, 50L, 50L);
    assertThat(all.failures()).containsExactly("lost");
    assertThat(all.plan()).containsEntry("runners", "5").containsEntry("spectators", "0 + 9");
  }

  @Test
  void theServerIsNotCountedTwice() {
    var little = new ServerUse(3, 1, 10, 20, 15, Double.NaN, 5, 6);
    var much = new ServerUse(4, 1, 10, 21, 15, 7.5, 5, 6);
    Outcome all = Merge.of(List.of(outcome(1, 0, 1, much), outcome(1, 0, 1, little)));
    assertThat(all.server()).isEqualTo(new ServerUse(4, 4e6 / 16, 10, 21, 15, 7.5, 5, 6));
  }

  @Test
  void aFileGivesBackWhatWasWrittenUnknownFiguresToo(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("a.json");
    var use = new ServerUse(4, 1, 10, 21, 15, Double.NaN, 5, 6);
    Outcome written = outcome(1, 2, 3_000, use);
    OutcomeFile.write(written, file);
    assertThat(OutcomeFile.read(file)).isEqualTo(written);
    assertThat(file).content().contains("\"p50Ms\" : null").doesNotContain("NaN");
  }
}
