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

  /** One follow and one unfollow of everything that a connection may follow, and as much again. */
  private static final int MOST_FEEDS_AT_ONCE = 4 * Session.MOST_FEEDS;

  private static final int FEEDS_A_SECOND = 20;

  private final Rates rates;
  private final Caller caller;
  private @Nullable Bucket positions;
  private @Nullable Bucket feeds;
  private @Nullable Bucket newRunners;
  private int uncounted;

  Quota(Rates rates, Caller caller) {
    this.rates = rates;
    this.caller = caller;
  }

  private static Bucket aSecond(int burst, int sustained) {
    return bucket(
        Bandwidth.builder().capacity(burst).refillGreedy(sustained, Duration.ofSeconds(1)).build());
  }

  private static Bucket bucket(Bandwidth limit) {
    return Bucket.builder().addLimit(limit).build();
  }

  void takePosition() throws Refusal {
    if (!caller.isLimited()) {
      return;
    }
    if (positions == null) {
      positions = aSecond(rates.burst(), rates.positionsPerSecond());
    }
    if (!positions.tryConsume(1)) {
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

  /** Takes feeds that are followed or unfollowed. */
  void takeFeeds(int count) throws Refusal {
    if (!caller.isLimited() || count == 0) {
      return;
    }
    if (feeds == null) {
      feeds = aSecond(MOST_FEEDS_AT_ONCE, FEEDS_A_SECOND);
    }
    if (!feeds.tryConsume(count)) {
      throw new Refusal(
          Code.TOO_FAST,
          "a connection may follow and unfollow %d feeds a second and %d in a burst, and %d are more"
              .formatted(FEEDS_A_SECOND, MOST_FEEDS_AT_ONCE, count));
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
