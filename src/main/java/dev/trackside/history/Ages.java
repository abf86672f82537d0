package dev.trackside.history;

import static java.util.Comparator.naturalOrder;

import dev.trackside.track.Runner;
import dev.trackside.track.Unclaimed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;

/** How old the positions of whom may become. One thread at a time. */
final class Ages {
  private final Age ofClaimed;
  private final Age ofUnclaimed;
  private final Unclaimed unclaimed;
  private final InstantSource clock;

  Ages(Keeping keeping, Unclaimed unclaimed, InstantSource clock) {
    this.ofClaimed = new Age(keeping.keep());
    this.ofUnclaimed = new Age(shortest(keeping));
    this.unclaimed = unclaimed;
    this.clock = clock;
  }

  /** Zero when both are for ever. */
  private static Duration shortest(Keeping keeping) {
    return Stream.of(keeping.keep(), keeping.keepUnclaimed())
        .filter(Duration::isPositive)
        .min(naturalOrder())
        .orElse(Duration.ZERO);
  }

  Age of(Runner runner) {
    return unclaimed.isClaimed(runner) ? ofClaimed : ofUnclaimed;
  }

  /** The shortest of them, zero when there is none. */
  Duration shortest() {
    return ofUnclaimed.keep();
  }

  void note(long seq) {
    long nowMs = nowMs();
    ofClaimed.note(nowMs, seq);
    ofUnclaimed.note(nowMs, seq);
  }

  long nowMs() {
    return clock.millis();
  }
}
