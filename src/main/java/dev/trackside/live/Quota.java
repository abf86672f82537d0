package dev.trackside.live;

import dev.trackside.live.Refusal.Code;
import dev.trackside.track.Runner;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How much more one connection may bring. One thread at a time. */
final class Quota {
  private final Rates rates;
  private final @Nullable Bucket positions;
  private @Nullable Bucket newRunners;

  Quota(Rates rates, boolean limited) {
    this.rates = rates;
    positions =
        limited
            ? bucket(
                Bandwidth.builder()
                    .capacity(rates.burst())
                    .refillGreedy(rates.positionsPerSecond(), Duration.ofSeconds(1))
                    .build())
            : null;
  }

  private static Bucket bucket(Bandwidth limit) {
    return Bucket.builder().addLimit(limit).build();
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
    int most = rates.newRunnersPerMinute();
    if (newRunners == null) {
      newRunners =
          bucket(
              Bandwidth.builder()
                  .capacity(most)
                  .refillIntervally(most, Duration.ofMinutes(1))
                  .build());
    }
    if (!newRunners.tryConsume(1)) {
      throw new Refusal(
          Code.TOO_FAST,
          "a connection may bring %d new ids a minute, and %s is one more: claim it first, with POST /api/runners"
              .formatted(most, runner));
    }
  }
}
