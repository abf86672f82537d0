package dev.trackside.access;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Somebody who calls, as far as his address tells. Safe for use by many threads. */
public final class Caller {
  /** An open connection as it is counted, until it is closed; closing it again changes nothing. */
  public interface Stay extends AutoCloseable {
    @Override
    void close();
  }

  private static final long FULL_SECONDS = 5;

  private final Callers callers;
  private final @Nullable Network network;

  /**
   * @param network as what he is counted, or null when he may do as he likes
   */
  Caller(Callers callers, @Nullable Network network) {
    this.callers = callers;
    this.network = network;
  }

  /** Whether there is anything that he may do only so often. */
  public boolean isLimited() {
    return network != null;
  }

  /** As what he is counted: equal for all who are one to the limits, or null for who has none. */
  public @Nullable Object countedAs() {
    return network;
  }

  /** Takes note that he opens a connection; says when to come back when that are too many. */
  public Optional<Later> opens() {
    return ask(Account::handshake);
  }

  /** Takes note that he claims a runner; says when to come back when that are too many. */
  public Optional<Later> claims() {
    return ask(Account::claim);
  }

  /** Takes note that a key of his is wrong; says when to come back when that are too many. */
  public Optional<Later> showsWrongKey() {
    return ask(Account::wrongKey);
  }

  private Optional<Later> ask(Function<Account, Optional<Later>> question) {
    return network == null ? Optional.empty() : callers.at(callers.counted(network), question);
  }

  /** Counts one more connection of his as open, or returns nothing when there are too many. */
  public Optional<Stay> enters() {
    if (network == null) {
      return Optional.of(() -> {});
    }
    Network counted = callers.counted(network);
    if (!callers.at(counted, Account::enter)) {
      return Optional.empty();
    }
    var open = new AtomicBoolean(true);
    return Optional.of(
        () -> {
          if (open.getAndSet(false)) {
            callers.left(counted);
          }
        });
  }

  /** What somebody is told who has too many connections. */
  public Later full() {
    return new Later(
        "From one address at most %d connections may be open."
            .formatted(callers.allowance().connections()),
        FULL_SECONDS);
  }
}
