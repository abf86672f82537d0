package dev.trackside.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.access.Key;
import dev.trackside.access.PastRuns;
import dev.trackside.access.RunState;
import dev.trackside.support.Fixes;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class MaskTest {
  private static final Mask.News NOBODY =
      new Mask.News() {
        @Override
        public void changed() {}

        @Override
        public void begun() {}
      };

  private static List<Position> runs(int count) {
    return LongStream.rangeClosed(1, count)
        .mapToObj(
            seq ->
                new Position(
                    new Runner("anna"),
                    seq,
                    3 * seq * Runs.SILENCE_MS,
                    0,
                    false,
                    Fixes.at(52.5, 13.4),
                    seq - 1))
        .toList();
  }

  private static Mask of(RunState run, List<Position> positions) {
    var mask = new Mask(200, run, Key.of("secret").hash(), NOBODY);
    mask.read(positions, true);
    return mask;
  }

  @Test
  void startGoesOnWhereTheStoredRunsEnd() {
    List<Position> positions = runs(20);
    RunState stored = of(RunState.NEW, positions.subList(0, 12)).in(RunState.NEW);
    assertThat(stored.past().seq()).isEqualTo(12);
    Mask again = of(stored, positions.subList(12, 20));
    assertThat(again.in(RunState.NEW)).isEqualTo(of(RunState.NEW, positions).in(RunState.NEW));
  }

  @Test
  void startReadsEverythingAgainWhenTheOldestRunsHaveBeenForgotten() {
    assertThat(of(RunState.NEW, runs(RunSpans.MOST)).in(RunState.NEW).past().runs())
        .hasSize(RunSpans.MOST);
    List<Position> more = runs(RunSpans.MOST + 1);
    Mask full = of(RunState.NEW, more);
    assertThat(full.in(RunState.NEW).past()).isEqualTo(PastRuns.NONE);
    assertThat(full.hides(more.getFirst(), 0)).isTrue();
  }
}
