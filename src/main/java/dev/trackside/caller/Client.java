package dev.trackside.caller;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What one address has done lately. One thread at a time. */
final class Client {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Limits limits;
  private final TimeMeter clock;
  private int connections;
  private @Nullable Bucket handshakes;
  private @Nullable Bucket claims;
  private @Nullable WrongKeys wrongKeys;

  Client(Limits limits, TimeMeter clock) {
    this.limits = limits;
    this.clock = clock;
  }

  private Bucket bucket(int burst, int perSecond) {
    return Bucket.builder()
        .addLimit(Bandwidth.builder().capacity(burst).refillGreedy(perSecond, SECOND).build())
        .withCustomTimePrecision(clock)
        .withSynchronizationStrategy(SynchronizationStrategy.NONE)
        .build();
  }

  /** Takes note of one more open connection; returns false when there are too many. */
  boolean enter() {
    if (connections >= limits.connections()) {
      return false;
    }
    connections++;
    return true;
  }

  void leave() {
    connections--;
  }

  Optional<RetryAfter> handshake() {
    int most = limits.handshakes();
    Bucket bucket = handshakes == null ? bucket(most, most) : handshakes;
    handshakes = bucket;
    return take(
        bucket, "From one address at most %d connections may be opened a second.".formatted(most));
  }

  Optional<RetryAfter> claim() {
    int most = limits.claims();
    int burst = most * Limits.BURST;
    Bucket bucket = claims == null ? bucket(burst, most) : claims;
    claims = bucket;
    return take(
        bucket,
        "From one address at most %d runners may be claimed a second, and %d at once."
            .formatted(most, burst));
  }

  private static Optional<RetryAfter> take(Bucket bucket, String words) {
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (probe.isConsumed()) {
      return Optional.empty();
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
    return Optional.of(new RetryAfter(words, seconds));
  }

  Optional<RetryAfter> wrongKey() {
    WrongKeys all = wrongKeys == null ? new WrongKeys(limits.wrongKeys()) : wrongKeys;
    wrongKeys = all;
    long seconds = all.oneMoreSeconds(clock.currentTimeNanos());
    return seconds == 0
        ? Optional.empty()
        : Optional.of(
            new RetryAfter(
                "%d wrong keys and more came from this address within a minute."
                    .formatted(limits.wrongKeys()),
                seconds));
  }

  /** Whether it makes no difference to forget all this. */
  boolean isIdle() {
    return connections == 0
        && (handshakes == null || handshakes.getAvailableTokens() >= limits.handshakes())
        && (claims == null || claims.getAvailableTokens() >= (long) limits.claims() * Limits.BURST)
        && (wrongKeys == null || wrongKeys.areForgotten(clock.currentTimeNanos()));
  }
}
