package dev.trackside.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.log.MemoryTrackLog;
import dev.trackside.log.Newest;
import dev.trackside.support.Fixes;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TrailsTest {
  private static final Runner ANNA = new Runner("anna");
  private static final long START_MS = 1_795_000_000_000L;

  private final AtomicLong nowMs = new AtomicLong(START_MS + 3_600_000);
  private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs.get());
  private final Trails trails = new Trails(clock);

  private MemoryTrackLog log(Newest.Bounds bounds) {
    return new MemoryTrackLog(clock, new AtomicLong(1)::getAndIncrement, bounds);
  }

  private static void run(TrackLog log, int from, int to) {
    log.append(
        ANNA,
        IntStream.range(from, to)
            .mapToObj(i -> Fixes.at(START_MS + 1_000L * i, 52 + i * 1e-5, 13 + i % 2 * 1e-4))
            .toList());
  }

  private Trail trail(TrackLog log) {
    return trails.of(ANNA, log, () -> "");
  }

  @Test
  void whatTheLogHasDroppedIsInNoTrail() {
    try (var log = log(new Newest.Bounds(400, 400))) {
      run(log, 0, 390);
      long first = trail(log).past().seq()[0];
      assertThat(trail(log).firstSeq()).isEqualTo(first);
      run(log, 390, 600);
      long oldest = log.latest(new Feed.One(ANNA), 10_000).getFirst().seq();
      assertThat(oldest).isGreaterThan(first);
      assertThat(trail(log).past().seq()[0]).isEqualTo(oldest);
      assertThat(trail(log).firstSeq()).isEqualTo(oldest);
    }
  }

  @Test
  void trailIsReadOnceAndAgainAfterAMinute() {
    try (var log = log(MemoryTrackLog.USUAL)) {
      run(log, 0, 400);
      Trail first = trail(log);
      assertThat(trail(log)).isSameAs(first);
      nowMs.addAndGet(60_001);
      assertThat(trail(log)).isNotSameAs(first);
      assertThat(trail(log).past().size()).isEqualTo(first.past().size());
    }
  }

  @Test
  void trailReadWhileTheSightChangedIsNotKept() {
    try (var log = log(MemoryTrackLog.USUAL)) {
      run(log, 0, 10);
      var sights =
          Stream.concat(Stream.of("narrow", "wide"), Stream.generate(() -> "narrow")).iterator();
      Trail first = trails.of(ANNA, log, sights::next);
      assertThat(trails.of(ANNA, log, sights::next)).isNotSameAs(first);
    }
  }

  @Test
  void ofManyRunnersTheLastFiveHundredAreKept() {
    try (var log = log(MemoryTrackLog.USUAL)) {
      run(log, 0, 10);
      Trail first = trail(log);
      for (int i = 0; i < 499; i++) {
        trails.of(new Runner("r" + i), log, () -> "");
      }
      assertThat(trail(log)).isSameAs(first);
      for (int i = 0; i < 500; i++) {
        trails.of(new Runner("r" + i), log, () -> "");
      }
      assertThat(trail(log)).isNotSameAs(first);
    }
  }

  @Test
  void lateOnesAreFittedInASecondLaterAtTheLatest() {
    try (var log = log(MemoryTrackLog.USUAL)) {
      run(log, 0, 300);
      run(log, 400, 700);
      long before = trail(log).seq();
      run(log, 300, 400);
      assertThat(trail(log).seq()).isEqualTo(before);
      nowMs.addAndGet(1_000);
      Trail after = trail(log);
      assertThat(after.seq()).isEqualTo(before + 100);
      assertThat(after.past().size()).isEqualTo(450);
    }
  }

  @Test
  void lineAroundTheWorldsSeamStaysShort() {
    try (var log = log(MemoryTrackLog.USUAL)) {
      log.append(
          ANNA,
          IntStream.range(0, 1_000)
              .mapToObj(i -> (i - 500) * 1e-5)
              .map(
                  lon ->
                      Fixes.at(
                          START_MS + Math.round(lon * 1e8), 10, lon < 0 ? 180 + lon : lon - 180))
              .toList());
      assertThat(trail(log).past().size()).isLessThan(60);
      assertThat(trail(log).newest()).extracting(Position::seq).hasSize(250);
    }
  }
}
