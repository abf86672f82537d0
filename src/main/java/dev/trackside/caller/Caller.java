package dev.trackside.caller;

import dev.trackside.caller.RateLimits.Network;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client as far as its address identifies it. Safe for use by many threads. */
public final class Caller {
  /** The request attribute that holds the caller. */
  public static final String ATTRIBUTE = "dev.trackside.caller";

  private static final long FULL_SECONDS = 5;

  private final RateLimits limits;
  private final @Nullable Network network;

  /** A null network stands for a caller without limits. */
  Caller(RateLimits limits, @Nullable Network network) {
    this.limits = limits;
    this.network = network;
  }

  /** Whether any limits apply. */
  public boolean isLimited() {
    return network != null;
  }

  /** Equal for all callers that share limits; null without limits. */
  public @Nullable Object countedAs() {
    return network;
  }

  /** Counts a connection being opened; says when to come back after too many. */
  public Optional<RetryAfter> opens() {
    return ask(Client::handshake);
  }

  /** Counts a runner being claimed; says when to come back after too many. */
  public Optional<RetryAfter> claims() {
    return ask(Client::claim);
  }

  /** Counts a runner being changed or erased; says when to come back after too many. */
  public Optional<RetryAfter> changes() {
    return ask(Client::change);
  }

  /**
   * Counts positions being brought, all or none: they are taken while the address owes nothing, and
   * what goes beyond its allowance is owed. So a backlog comes in whole, and the next one waits.
   *
   * @param positions 0 asks only
   * @return when to come back, if the address owes something
   */
  public Optional<RetryAfter> brings(int positions) {
    return ask(client -> client.bring(positions));
  }

  /**
   * Counts positions that have been brought already.
   *
   * @return how long not to read from the caller
   */
  public Duration brought(int positions) {
    return network == null
        ? Duration.ZERO
        : limits.at(limits.counted(network), client -> client.brought(positions));
  }

  /** Counts a wrong key; says when to come back after too many. */
  public Optional<RetryAfter> showsWrongKey() {
    return ask(Client::wrongKey);
  }

  private Optional<RetryAfter> ask(Function<Client, Optional<RetryAfter>> question) {
    return network == null ? Optional.empty() : limits.at(limits.counted(network), question);
  }

  /**
   * Counts one more open connection, unless there are too many.
   *
   * @return what to run when the connection is closed; running it again changes nothing
   */
  public Optional<Runnable> enters() {
    if (network == null) {
      return Optional.of(() -> {});
    }
    Network counted = limits.counted(network);
    if (!limits.at(counted, Client::enter)) {
      return Optional.empty();
    }
    var open = new AtomicBoolean(true);
    return Optional.of(
        () -> {
          if (open.getAndSet(false)) {
            limits.left(counted);
          }
        });
  }

  /** The answer to a caller with too many open connections. */
  public RetryAfter full() {
    return new RetryAfter(
        "One address may have at most %d open connections."
            .formatted(limits.limits().connections()),
        FULL_SECONDS);
  }
}
