package dev.trackside.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Callers who mean harm, beside honest spectators; `make attack` is the large one. */
@Timeout(120)
@Isolated
class AttackIT {
  private static final int SPECTATORS = 50;
  private static final int RUNNERS = 10;
  private static final int FEW_POSITIONS = 1_000;
  private static final double A_TENTH = 0.1;
  private static final int SECONDS = 10;

  @TempDir private Path directory;

  @Test
  void everybodyWhoMeansHarmAtOnceTakesNothingFromSpectators() throws Exception {
    try (var bench = new Bench(directory, HostileRound.SMALL_HEAP, HostileRound.LIMITS);
        var spectators = new Spectators(bench.port(), RUNNERS, SPECTATORS)) {
      Foes.prepare(bench.port(), FEW_POSITIONS);
      try (var foes = new Foes(bench.port(), A_TENTH)) {
        SeenFixes seen = spectators.watch(Pace.of(RUNNERS, 0, SECONDS));
        assertThat(seen.lost()).isZero();
        assertThat(seen.disordered()).isZero();
        for (int kind = 0; kind < Hostility.ALL.size(); kind++) {
          assertThat(foes.tries(kind)).as(Hostility.ALL.get(kind).words()).isPositive();
        }
      }
      assertThat(bench.server().terminate()).isEqualTo(143);
    }
  }
}
