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
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** The times of the latest wrong keys, and how often they were too many in a row. */
  private static final class WrongKeys {
    private static final int MOST_DOUBLINGS = 6;
    private static final long LONGEST_SECONDS = 60;

    private final long[] timesNanos;
    private long count;
    private int doublings;

    WrongKeys(int most) {
      timesNanos = new long[most];
    }

    /** Counts one more; returns how many seconds to stay away, or 0 while there are few enough. */
    long oneMore(long nowNanos) {
      timesNanos[(int) (count % timesNanos.length)] = nowNanos;
      count++;
      long oldestNanos = timesNanos[(int) (count % timesNanos.length)];
      if (count < timesNanos.length || nowNanos - oldestNanos > MINUTE_NANOS) {
        doublings = 0;
        return 0;
      }
      long seconds = Math.min(LONGEST_SECONDS, 1L << doublings);
      doublings = Math.min(MOST_DOUBLINGS, doublings + 1);
      return seconds;
    }

    boolean areForgotten(long nowNanos) {
      long newestNanos = timesNanos[(int) ((count - 1) % timesNanos.length)];
      return nowNanos - newestNanos > MINUTE_NANOS;
    }
  }

  private final Limits limits;
  private final TimeMeter clock;
  private int connections;
  private @Nullable Bucket handshakes;
  private @Nullable Bucket claims;
  private @Nullable Bucket changes;
  private @Nullable Bucket positions;
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

  /** Counts one more open connection; returns false when there are too many. */
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
    return take(bucket, "One address may open at most %d connections a second.".formatted(most));
  }

  Optional<RetryAfter> claim() {
    int most = limits.claims();
    int burst = most * Limits.BURST;
    Bucket bucket = claims == null ? bucket(burst, most) : claims;
    claims = bucket;
    return take(
        bucket,
        "One address may claim at most %d runners a second, and %d at once."
            .formatted(most, burst));
  }

  Optional<RetryAfter> change() {
    int most = limits.claims();
    int burst = most * Limits.BURST;
    Bucket bucket = changes == null ? bucket(burst, most) : changes;
    changes = bucket;
    return take(
        bucket,
        "One address may change or erase runners at most %d times a second, and %d at once."
            .formatted(most, burst));
  }

  private Bucket positions() {
    Bucket bucket =
        positions == null ? bucket(limits.positionBurst(), limits.positions()) : positions;
    positions = bucket;
    return bucket;
  }

  Optional<RetryAfter> bring(int count) {
    Bucket bucket = positions();
    if (bucket.getAvailableTokens() > 0) {
      spend(bucket, count);
      return Optional.empty();
    }
    String words =
        "One address may bring at most %d positions a second, and %d at once: send them again later."
            .formatted(limits.positions(), limits.positionBurst());
    return Optional.of(new RetryAfter(words, secondsOf(nanosUntilPaid(bucket))));
  }

  Duration brought(int count) {
    Bucket bucket = positions();
    spend(bucket, count);
    return bucket.getAvailableTokens() > 0
        ? Duration.ZERO
        : Duration.ofNanos(nanosUntilPaid(bucket));
  }

  private static void spend(Bucket bucket, int count) {
    if (count > 0) {
      bucket.consumeIgnoringRateLimits(count);
    }
  }

  private static long nanosUntilPaid(Bucket bucket) {
    return bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
  }

  private static long secondsOf(long nanos) {
    return TimeUnit.NANOSECONDS.toSeconds(nanos) + 1;
  }

  private static Optional<RetryAfter> take(Bucket bucket, String words) {
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (probe.isConsumed()) {
      return Optional.empty();
    }
    return Optional.of(new RetryAfter(words, secondsOf(probe.getNanosToWaitForRefill())));
  }

  Optional<RetryAfter> wrongKey() {
    WrongKeys all = wrongKeys == null ? new WrongKeys(limits.wrongKeys()) : wrongKeys;
    wrongKeys = all;
    long seconds = all.oneMore(clock.currentTimeNanos());
    String words =
        "This address showed %d or more wrong keys within a minute.".formatted(limits.wrongKeys());
    return seconds == 0 ? Optional.empty() : Optional.of(new RetryAfter(words, seconds));
  }

  /** Whether forgetting this client makes no difference. */
  boolean isIdle() {
    return connections == 0
        && isFull(handshakes, limits.handshakes())
        && isFull(claims, limits.claims() * Limits.BURST)
        && isFull(changes, limits.claims() * Limits.BURST)
        && isFull(positions, limits.positionBurst())
        && (wrongKeys == null || wrongKeys.areForgotten(clock.currentTimeNanos()));
  }

  private static boolean isFull(@Nullable Bucket bucket, int burst) {
    return bucket == null || bucket.getAvailableTokens() >= burst;
  }
}
