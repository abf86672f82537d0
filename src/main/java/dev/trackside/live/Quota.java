package dev.trackside.live;

import dev.trackside.live.Refusal.Code;
import dev.trackside.track.Runner;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one connection may still bring. One thread at a time. */
final class Quota {
  private final Rates rates;
  private final @Nullable Bucket positions;
  private @Nullable Bucket newRunners;

  /**
   * @param limited whether the client may not bring as many positions as it likes
   */
  Quota(Rates rates, boolean limited) {
    this.rates = rates;
    positions =
        limited
            ? Bucket.builder()
                .addLimit(
                    limit ->
                        limit
                            .capacity(rates.burst())
                            .refillGreedy(rates.positionsPerSecond(), Duration.ofSeconds(1)))
                .build()
            : null;
  }

  void takePosition() throws Refusal {
    if (positions != null && !positions.tryConsume(1)) {
      throw new Refusal(
          Code.TOO_FAST,
          "a connection may bring %d positions a second and %d in a burst; post a backlog to /api/runners/{id}/positions"
              .formatted(rates.positionsPerSecond(), rates.burst()));
    }
  }

  void takeNewRunner(Runner runner) throws Refusal {
    Bucket bucket = newRunners;
    if (bucket == null) {
      int most = rates.newRunnersPerMinute();
      bucket =
          Bucket.builder()
              .addLimit(limit -> limit.capacity(most).refillIntervally(most, Duration.ofMinutes(1)))
              .build();
      newRunners = bucket;
    }
    if (!bucket.tryConsume(1)) {
      throw new Refusal(
          Code.TOO_FAST,
          "a connection may bring %d new ids a minute, and %s is one more: claim it first, with POST /api/runners"
              .formatted(rates.newRunnersPerMinute(), runner));
    }
  }
}
