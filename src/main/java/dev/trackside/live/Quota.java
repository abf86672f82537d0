package dev.trackside.live;

import dev.trackside.caller.Caller;
import dev.trackside.live.Refusal.Code;
import dev.trackside.track.Runner;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much more one connection may bring, and its address with all that it has. One thread at a
 * time.
 */
final class Quota {
  /** So many positions are counted at once: not each is worth the address's lock. */
  private static final int LUMP = 10;

  private final Rates rates;
  private final Caller caller;
  private final @Nullable Bucket positions;
  private @Nullable Bucket newRunners;
  private int uncounted;

  Quota(Rates rates, Caller caller) {
    this.rates = rates;
    this.caller = caller;
    positions =
        caller.isLimited()
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
    uncounted++;
  }

  /** How long not to read from the client, since its address has brought more than it may. */
  Duration pause() {
    if (uncounted < LUMP) {
      return Duration.ZERO;
    }
    int lump = uncounted;
    uncounted = 0;
    return caller.brought(lump);
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
