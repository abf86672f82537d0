package dev.trackside.history;

import static java.util.Comparator.naturalOrder;

import dev.trackside.log.OpenIds;
import dev.trackside.track.Runner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;

/** How old the positions of whom may become. One thread at a time. */
final class AgeLimits {
  private final AgeLimit ofClaimed;
  private final AgeLimit ofUnclaimed;
  private final OpenIds openIds;
  private final InstantSource clock;

  AgeLimits(KeepSettings keeping, OpenIds openIds, InstantSource clock) {
    this.ofClaimed = new AgeLimit(keeping.keep());
    this.ofUnclaimed = new AgeLimit(shortest(keeping));
    this.openIds = openIds;
    this.clock = clock;
  }

  /** Zero when both are for ever. */
  private static Duration shortest(KeepSettings keeping) {
    return Stream.of(keeping.keep(), keeping.keepUnclaimed())
        .filter(Duration::isPositive)
        .min(naturalOrder())
        .orElse(Duration.ZERO);
  }

  AgeLimit of(Runner runner) {
    return openIds.isClaimed(runner) ? ofClaimed : ofUnclaimed;
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
