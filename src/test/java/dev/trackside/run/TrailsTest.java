package dev.trackside.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackside.log.MemoryTrackLog;
import dev.trackside.log.Newest;
import dev.trackside.support.Fixes;
import dev.trackside.support.Way;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TrailsTest {
  private static final Runner ANNA = new Runner("anna");
  private static final long START_MS = 1_795_000_000_000L;

  private static final long READ_NANOS = 4_000;

  private final AtomicLong nowMs = new AtomicLong(START_MS + 360_000_000);
  private final InstantSource clock = () -> Instant.ofEpochMilli(nowMs.get());
  private final HeavyWork heavy = new HeavyWork(clock);
  private final Trails trails = new Trails(clock, heavy);

  @AfterEach
  void stop() {
    heavy.close();
  }

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
  void trailIsReadOnceAndThenGoesOnWithWhatArrives() {
    try (var log = log(MemoryTrackLog.USUAL)) {
      run(log, 0, 4_000);
      var counted = new CountedReads(log);
      Trail first = trails.of(ANNA, counted, () -> "");
      assertThat(trails.of(ANNA, counted, () -> "")).isSameAs(first);
      assertThat(counted.positions).isBetween(4_000L, 5_000L);
      counted.positions = 0;
      for (int i = 4_000; i < 8_000; i += 40) {
        run(log, i, i + 40);
        nowMs.addAndGet(40_000);
        assertThat(trails.of(ANNA, counted, () -> "").newest().getLast().tMs())
            .isEqualTo(START_MS + 1_000L * (i + 39));
      }
      assertThat(counted.positions).isBetween(4_000L, 5_000L);
    }
  }

  @Test
  void trailThatGrewIsTheSameAsOneThatIsReadAtOnce() {
    try (var log = log(MemoryTrackLog.USUAL)) {
      for (int i = 0; i < 7_300; i += 73) {
        run(log, i, i + 73);
        trail(log);
      }
      Trail grown = trail(log);
      Trail read = new Trails(clock, heavy).of(ANNA, log, () -> "");
      assertThat(grown.seq()).isEqualTo(read.seq());
      assertThat(grown.newest()).isEqualTo(read.newest());
      assertThat(grown.past().seq()).isEqualTo(read.past().seq()).hasSizeLessThanOrEqualTo(750);
    }
  }

  /** Positions that fit nowhere, each second, ask for the whole run to be read again. */
  @Test
  void whoSendsLateOnesWithoutEndCostsTheirShareAndNoMore() {
    try (var log = log(MemoryTrackLog.USUAL)) {
      run(log, 0, 20_000);
      var counted = new CountedReads(log);
      int seconds = 300;
      long seq = 0;
      for (int i = 0; i < seconds; i++) {
        log.append(ANNA, List.of(Fixes.at(START_MS + 1_000L * i + 500, 52 + i * 1e-5, 13)));
        nowMs.addAndGet(1_000);
        long now = trails.of(ANNA, counted, () -> "").seq();
        assertThat(now).isGreaterThanOrEqualTo(seq);
        seq = now;
      }
      long atOnce = 1_000_000_000 / READ_NANOS;
      long inTime = seconds * 20_000_000L / READ_NANOS;
      assertThat(counted.positions).isBetween(250_000L, atOnce + inTime + 2 * 21_000);
    }
  }

  @Test
  void whatIsHiddenMeanwhileIsNotShownForWantOfAShare() {
    try (var log = log(MemoryTrackLog.USUAL)) {
      run(log, 0, 300);
      Trail whole = trail(log);
      heavy.count(ANNA, 5_000_000_000L);
      assertThat(trail(log)).isSameAs(whole);
      assertThatThrownBy(() -> trails.of(ANNA, log, () -> "masked"))
          .isInstanceOf(TooBusy.class)
          .hasMessageContaining("anna")
          .hasMessageContaining("20 ms a second");
      nowMs.addAndGet(300_000);
      assertThat(trails.of(ANNA, log, () -> "masked").newest()).hasSize(250);
    }
  }

  /** 750 points cannot draw 100 laps, but the way is known all the same. */
  @Test
  void wayIsThatOfAllFixesHoweverFewAreDrawn() {
    try (var log = log(new Newest.Bounds(300_000, 300_000))) {
      List<Fix> fixes = Way.laps(400, 2.5).with(3, 10, 5).fixes(START_MS, 40_000, 1);
      var movement = new Movement();
      for (int i = 0; i < fixes.size(); i += 8_000) {
        log.append(ANNA, fixes.subList(i, i + 8_000));
      }
      for (Fix fix : fixes.subList(0, fixes.size() - Trail.RAW)) {
        movement.add(fix.latDeg(), fix.lonDeg(), fix.tMs(), fix.accuracyM());
      }
      Points past = trail(log).past();
      assertThat(past.size()).isLessThanOrEqualTo(750);
      assertThat(past.wayM()).isSorted();
      assertThat(past.wayM()[past.size() - 1] - movement.metresSoFar()).isBetween(-50.0, 50.0);
    }
  }

  @Test
  void endlessRunIsTheNewestHundredThousand() {
    try (var log = log(new Newest.Bounds(300_000, 300_000))) {
      for (int i = 0; i < 130_000; i += 10_000) {
        run(log, i, i + 10_000);
      }
      assertThat(reach(trail(log))).isBetween(99_999L, 121_000L);
      for (int i = 130_000; i < 150_000; i += 1_000) {
        run(log, i, i + 1_000);
        nowMs.addAndGet(1_000_000);
        trail(log);
      }
      assertThat(reach(trail(log))).isBetween(99_999L, 121_000L);
      assertThat(trail(log).past().size()).isLessThanOrEqualTo(750);
    }
  }

  private static long reach(Trail trail) {
    return (trail.newest().getLast().tMs() - trail.past().tMs()[0]) / 1_000;
  }

  @Test
  void crowdedHoursAreReadInPartsAndWhole() {
    try (var log = log(new Newest.Bounds(300_000, 300_000))) {
      int size = 60_000;
      for (int i = 0; i < size; i += 10_000) {
        log.append(
            ANNA,
            IntStream.range(i, i + 10_000)
                .mapToObj(k -> Fixes.at(START_MS + 20L * k, 52 + k * 1e-7, 13))
                .toList());
      }
      log.append(ANNA, List.of(Fixes.at(START_MS + 20L * size + 7_199_000, 53, 13)));
      var counted = new CountedReads(log);
      Trail trail = trails.of(ANNA, counted, () -> "");
      assertThat(trail.past().tMs()[0]).isEqualTo(START_MS);
      assertThat(counted.positions).isLessThan(4L * size);
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
      assertThat(trail(log).past().size()).isPositive();
      long before = trail(log).seq();
      run(log, 300, 400);
      assertThat(trail(log).seq()).isEqualTo(before);
      nowMs.addAndGet(1_000);
      Trail after = trail(log);
      assertThat(after.seq()).isEqualTo(before + 100);
      assertThat(after.past().tMs()).contains(START_MS + 350_000);
    }
  }

  @Test
  void fixesThatAreFarOffAreNotInThePast() {
    for (double accuracyM : new double[] {1_800, Double.NaN}) {
      try (var log = log(MemoryTrackLog.USUAL)) {
        Way way =
            Way.straight(3)
                .with(3, 10, 6)
                .and(second -> second % 50 == 7, Way.standsAt(3_000, 2_600).with(9, 0, accuracyM));
        log.append(ANNA, way.fixes(START_MS, 3_000, 1));
        Points past = new Trails(clock, heavy).of(ANNA, log, () -> "").past();
        assertThat(past.size()).isGreaterThan(100);
        for (int i = 0; i < past.size(); i++) {
          assertThat(past.latDeg(i)).isLessThan(Way.LAT_DEG + 0.001);
        }
      }
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
