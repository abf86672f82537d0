package dev.trackside.caller;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Somebody who calls, as far as their address tells. Safe for use by many threads. */
public final class Caller {
  /** An open connection as it is counted, until it is closed; closing it again changes nothing. */
  public interface Stay extends AutoCloseable {
    @Override
    void close();
  }

  private static final long FULL_SECONDS = 5;

  /** The attribute of a request that says who makes it. */
  public static final String ATTRIBUTE = "dev.trackside.caller";

  private final RateLimits limits;
  private final @Nullable Network network;

  /**
   * @param network as what they are counted, or null when they may do as they like
   */
  Caller(RateLimits limits, @Nullable Network network) {
    this.limits = limits;
    this.network = network;
  }

  /** Whether there is anything that they may do only so often. */
  public boolean isLimited() {
    return network != null;
  }

  /**
   * As what they are counted: equal for all who are one to the limits, or null for who has none.
   */
  public @Nullable Object countedAs() {
    return network;
  }

  /** Takes note of a connection they open; says when to come back when these are too many. */
  public Optional<RetryAfter> opens() {
    return ask(Client::handshake);
  }

  /** Takes note of a runner they claim; says when to come back when these are too many. */
  public Optional<RetryAfter> claims() {
    return ask(Client::claim);
  }

  /** Takes note of a wrong key of theirs; says when to come back when these are too many. */
  public Optional<RetryAfter> showsWrongKey() {
    return ask(Client::wrongKey);
  }

  private Optional<RetryAfter> ask(Function<Client, Optional<RetryAfter>> question) {
    return network == null ? Optional.empty() : limits.at(limits.counted(network), question);
  }

  /** Counts one more connection of theirs as open, or returns nothing when there are too many. */
  public Optional<Stay> enters() {
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

  /** What somebody is told who has too many connections. */
  public RetryAfter full() {
    return new RetryAfter(
        "From one address at most %d connections may be open."
            .formatted(limits.limits().connections()),
        FULL_SECONDS);
  }
}
