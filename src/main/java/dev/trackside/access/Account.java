package dev.trackside.access;

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
final class Account {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Allowance allowance;
  private final TimeMeter clock;
  private int connections;
  private @Nullable Bucket handshakes;
  private @Nullable Bucket claims;
  private @Nullable WrongKeys wrongKeys;

  Account(Allowance allowance, TimeMeter clock) {
    this.allowance = allowance;
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
    if (connections >= allowance.connections()) {
      return false;
    }
    connections++;
    return true;
  }

  void leave() {
    connections--;
  }

  Optional<Later> handshake() {
    int most = allowance.handshakes();
    Bucket bucket = handshakes == null ? bucket(most, most) : handshakes;
    handshakes = bucket;
    return take(
        bucket, "From one address at most %d connections may be opened a second.".formatted(most));
  }

  Optional<Later> claim() {
    int most = allowance.claims();
    int burst = most * Allowance.BURST;
    Bucket bucket = claims == null ? bucket(burst, most) : claims;
    claims = bucket;
    return take(
        bucket,
        "From one address at most %d runners may be claimed a second, and %d at once."
            .formatted(most, burst));
  }

  private static Optional<Later> take(Bucket bucket, String words) {
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (probe.isConsumed()) {
      return Optional.empty();
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
    return Optional.of(new Later(words, seconds));
  }

  Optional<Later> wrongKey() {
    WrongKeys all = wrongKeys == null ? new WrongKeys(allowance.wrongKeys()) : wrongKeys;
    wrongKeys = all;
    long seconds = all.oneMoreSeconds(clock.currentTimeNanos());
    return seconds == 0
        ? Optional.empty()
        : Optional.of(
            new Later(
                "%d wrong keys and more came from this address within a minute."
                    .formatted(allowance.wrongKeys()),
                seconds));
  }

  /** Whether it makes no difference to forget all this. */
  boolean isIdle() {
    return connections == 0
        && (handshakes == null || handshakes.getAvailableTokens() >= allowance.handshakes())
        && (claims == null
            || claims.getAvailableTokens() >= (long) allowance.claims() * Allowance.BURST)
        && (wrongKeys == null || wrongKeys.areForgotten(clock.currentTimeNanos()));
  }
}
