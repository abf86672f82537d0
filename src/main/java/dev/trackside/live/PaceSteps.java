package dev.trackside.live;

import java.time.Duration;

/** The paces that there are: clients share a channel only if they have the same. */
final class PaceSteps {
  static final int MOST_MS = 60_000;

  private static final int[] STEPS_MS = {
    0, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, MOST_MS
  };

  private PaceSteps() {}

  /** The fastest of the paces that is no faster than what a client asks for. */
  static Duration of(long askedMs) {
    for (int stepMs : STEPS_MS) {
      if (stepMs >= askedMs) {
        return Duration.ofMillis(stepMs);
      }
    }
    return Duration.ofMillis(MOST_MS);
  }
}
