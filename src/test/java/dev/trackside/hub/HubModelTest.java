package dev.trackside.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Report;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever begins, ends, falls behind and is erased, in whatever order, spectators miss nothing.
 */
class HubModelTest {
  private static final int STEPS = 2_000;

  /** A race is followed anew that was reset beside a runner's own feed. */
  private static final long RESET_BESIDE = 26_364_460_391_498L;

  /** An own feed takes over while a page of the race waits for a slow reader. */
  private static final long PAGE_IN_HAND = 700_000_356;

  /** An own feed begins while its channel holds what the race's past had already. */
  private static final long PAST_AHEAD_OF_LIVE = 700_000_586;

  /** An own feed is followed anew that had shown more than the race does. */
  private static final long MORE_THAN_THE_RACE = 700_001_367;

  /** An own feed begins while its race catches up with the runner, between two writes of a pace. */
  private static final long CAUGHT_UP_BETWEEN_WRITES = 1_019;

  /** An own feed begins anew when the race has caught up with the runner beyond an erasure. */
  private static final long CAUGHT_UP_BEYOND_ERASURE = 53_332_204_786_979L;

  /** A race is followed anew, from further back, while an own feed waits to begin. */
  private static final long ANEW_FROM_FURTHER_BACK = 1_000_148;

  private final Tally tally = new Tally();

  private static final class Tally {
    long received;
    long skipped;
    long checks;
  }

  @ParameterizedTest(name = "with seed {0}")
  @ValueSource(
      longs = {
        1,
        RESET_BESIDE,
        PAGE_IN_HAND,
        PAST_AHEAD_OF_LIVE,
        MORE_THAN_THE_RACE,
        CAUGHT_UP_BETWEEN_WRITES,
        CAUGHT_UP_BEYOND_ERASURE,
        ANEW_FROM_FURTHER_BACK
      })
  void everyPositionComesOnceOrIsCounted(long seed) {
    play(seed, false);
    assertThat(tally.received).isGreaterThan(STEPS);
    assertThat(tally.skipped).isPositive();
  }

  @Test
  void trailsThatAreNotReadAtOnceComeAsWell() {
    play(2, true);
    assertThat(tally.received).isGreaterThan(STEPS);
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  @EnabledIfSystemProperty(named = "hub.steps", matches = "\\d+")
  void everyPositionComesOnceOrIsCountedInManySteps() throws IOException {
    long first = Long.getLong("hub.seed", System.nanoTime());
    int seeds = Integer.getInteger("hub.steps") / STEPS;
    for (int i = 0; i < seeds; i++) {
      play(first + i, (first + i) % 2 == 0);
    }
    Report.write(
        System.getProperty("proof.report"),
        """
        | %,d steps, seeds %d to %d | |
        |---|---|
        | positions that came | %,d |
        | counted in `skipped` | %,d |
        | times that all was calm and nothing was missing | %,d |
        | missing, once too often, out of order, hidden, erased, wrongly counted | 0 |
        """
            .formatted(
                seeds * STEPS,
                first,
                first + seeds - 1,
                tally.received,
                tally.skipped,
                tally.checks));
  }

  private void play(long seed, boolean longTrails) {
    try (var model = new HubModel(seed, longTrails)) {
      int step = 0;
      try {
        for (; step < STEPS; step++) {
          model.step();
        }
        model.calm();
      } catch (AssertionError e) {
        String game = "seed " + seed + (longTrails ? " with long trails" : "");
        throw new AssertionError(game + ", step " + step + ": " + e.getMessage(), e);
      }
      tally.received += model.received();
      tally.skipped += model.skipped();
      tally.checks += model.checks();
    }
  }
}
