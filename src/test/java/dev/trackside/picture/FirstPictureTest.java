package dev.trackside.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trackside.log.MemoryTrackLog;
import dev.trackside.run.HeavyWork;
import dev.trackside.run.Trail;
import dev.trackside.run.Trails;
import dev.trackside.support.Fixes;
import dev.trackside.support.Way;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FirstPictureTest {
  private static final Runner ANNA = new Runner("anna");
  private static final Pattern DOT =
      Pattern.compile("class=\"dot\" cx=\"(-?\\d+)\" cy=\"(-?\\d+)\"");
  private static final Pattern LINE = Pattern.compile("[Ml]-?\\d+ -?\\d+");

  private final InstantSource clock = InstantSource.system();
  private final MemoryTrackLog log =
      new MemoryTrackLog(clock, new AtomicLong(1)::getAndIncrement, MemoryTrackLog.USUAL);

  private Trail run(int size, IntFunction<Fix> fix) {
    log.append(ANNA, IntStream.range(0, size).mapToObj(fix).toList());
    return new Trails(clock, new HeavyWork(clock)).of(ANNA, log, () -> "");
  }

  private static Fix at(int second, double lat, double lon) {
    return Fixes.at(1_795_000_000_000L + 1_000L * second, lat, lon);
  }

  private static List<Integer> dot(String svg) {
    MatchResult dot = DOT.matcher(svg).results().findFirst().orElseThrow();
    return List.of(Integer.valueOf(dot.group(1)), Integer.valueOf(dot.group(2)));
  }

  @Test
  void nothingIsDrawnOfNothing() {
    assertThat(FirstPicture.of(Trail.NONE)).isEmpty();
  }

  @Test
  void onePositionIsInTheMiddle() {
    String svg = FirstPicture.of(run(1, i -> at(i, 52.5, 13.4)));
    assertThat(dot(svg)).containsExactly(360, 360);
    assertThat(svg).startsWith("<svg id=\"first\" class=\"first\" ").doesNotContain("halo");
  }

  @Test
  void whoRunsNorthIsAtTheTopWhereTheNewestEnd() {
    String svg = FirstPicture.of(run(250, i -> at(i, 52.5 + i * 3e-5, 13.4)));
    assertThat(dot(svg)).containsExactly(360, 72);
  }

  @Test
  void whatIsFarAwayIsLeftOut() {
    String svg = FirstPicture.of(run(2_000, i -> at(i, 52.5 + i * 3e-5, 13.4 + i % 2 * 1e-4)));
    assertThat(dot(svg).get(1)).isEqualTo(72);
    assertThat(LINE.matcher(svg).results().count()).isBetween(240L, 320L);
  }

  @Test
  void fixThatIsFarOffIsNoSpikeAndHidesNothing() {
    Way runs = Way.straight(3).with(2, 10, 5);
    Way off = Way.standsAt(3_000, 2_600);
    IntPredicate sometimes = second -> second % 40 == 20;
    List<String> pictures =
        Stream.of(
                runs,
                runs.and(sometimes, off),
                runs.and(sometimes, off.with(50, 0, 1_800)),
                runs.and(second -> second == 239, off))
            .map(way -> FirstPicture.of(fresh(way.fixes(1_795_000_000_000L, 240, 1))))
            .toList();
    for (String svg : pictures.subList(1, 3)) {
      assertThat(dot(svg).get(0)).isCloseTo(dot(pictures.getFirst()).get(0), within(3));
      assertThat(dot(svg).get(1)).isCloseTo(dot(pictures.getFirst()).get(1), within(3));
      assertThat(LINE.matcher(svg).results().count()).isGreaterThan(100);
    }
    assertThat(dot(pictures.getLast()).get(0)).isBetween(600, 648);
  }

  private Trail fresh(List<Fix> fixes) {
    var own = new MemoryTrackLog(clock, new AtomicLong(1)::getAndIncrement, MemoryTrackLog.USUAL);
    own.append(ANNA, fixes);
    return new Trails(clock, new HeavyWork(clock)).of(ANNA, own, () -> "");
  }

  @Test
  void whoCrossesTheSeamOfTheWorldIsDrawnInOneLine() {
    String svg =
        FirstPicture.of(
            run(100, i -> at(i, 10, i < 50 ? 179.999 + i * 2e-5 : -180 + (i - 50) * 2e-5)));
    assertThat(svg.split("M", -1)).hasSize(2);
    assertThat(dot(svg).get(0)).isBetween(361, 720);
  }
}
