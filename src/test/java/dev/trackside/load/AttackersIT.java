package dev.trackside.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Callers who never say what they want, beside honest spectators; {@code make attack} has more. */
@Timeout(120)
final class AttackersIT {
  private static final int ATTACKERS = 210;
  private static final int SPECTATORS = 50;
  private static final int RUNNERS = 10;

  @TempDir private Path directory;

  @Test
  void attackersAreGoneAfterTheirDeadlineAndSpectatorsLoseNothing() throws Exception {
    try (var bench = new Bench(directory, "");
        var spectators = new Spectators(bench.port(), RUNNERS, SPECTATORS)) {
      Attack.Phase phase = new Attack(bench, spectators, ATTACKERS, 5).attacked();
      assertThat(phase.attackers()).isPositive();
      assertThat(phase.sentAway()).isGreaterThanOrEqualTo(ATTACKERS);
      assertThat(phase.answered()).isZero();
      assertThat(phase.left()).isZero();
      assertThat(phase.sights().lost()).isZero();
      assertThat(phase.sights().disordered()).isZero();
    }
  }
}
