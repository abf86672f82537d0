package dev.trackside.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A short round of what {@code make mask-fuzz} does for long. */
final class MaskRoundTest {
  private static final int ROUNDS = 12;

  @Test
  void whatIsHiddenDependsOnTheTrackAlone() throws IOException {
    MaskRound.Done done = MaskRound.Done.NOTHING;
    for (int seed = 0; seed < ROUNDS; seed++) {
      done = done.and(MaskRound.play(seed));
    }
    assertThat(done.restarts()).isPositive();
    assertThat(done.masks()).isPositive();
    assertThat(done.ends()).isPositive();
  }
}
