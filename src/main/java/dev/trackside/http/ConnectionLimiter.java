package dev.trackside.http;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.eclipse.jetty.io.SelectorManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts all connections, whatever they have become. A new one a little beyond the limit is
 * accepted, to be answered 503; far beyond it, or beyond the limit of its address, it is closed at
 * once. Safe for use by many threads.
 */
final class ConnectionLimiter implements SelectorManager.AcceptListener {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimiter.class);
  private static final Duration WARNINGS = Duration.ofMinutes(1);

  /** The owner of connections that no address is charged for. */
  private static final Object NOBODY = new Object();

  private final EdgeLimits limits;
  private final Function<InetAddress, @Nullable Object> owner;
  private final Map<SelectableChannel, Object> owners = new ConcurrentHashMap<>();
  private final Map<Object, Integer> counts = new ConcurrentHashMap<>();
  private final AtomicLong warnedNanos = new AtomicLong(System.nanoTime() - WARNINGS.toNanos());

  /**
   * @param owner whom an address's connections are charged to; null when they are not limited
   */
  ConnectionLimiter(EdgeLimits limits, Function<InetAddress, @Nullable Object> owner) {
    this.limits = limits;
    this.owner = owner;
  }

  boolean isTooMany() {
    return size() > limits.connections();
  }

  int size() {
    return owners.size();
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    Object one = ownerOf(channel);
    owners.put(channel, one);
    if (isTooMany()) {
      warn();
    }
    if ((!one.equals(NOBODY) && counts.merge(one, 1, Integer::sum) > limits.connectionsOfOne())
        || size() > limits.connections() + EdgeLimits.SPARE_CONNECTIONS) {
      close(channel);
    }
  }

  private Object ownerOf(SelectableChannel channel) {
    InetAddress address =
        channel instanceof SocketChannel socket ? socket.socket().getInetAddress() : null;
    Object one = address == null ? null : owner.apply(address);
    return one == null ? NOBODY : one;
  }

  private void warn() {
    long now = System.nanoTime();
    long before = warnedNanos.get();
    if (now - before >= WARNINGS.toNanos() && warnedNanos.compareAndSet(before, now)) {
      LOG.warn("All {} connections are taken; new ones are refused", limits.connections());
    }
  }

  /** Closes it before it is registered, which then fails and calls {@link #onAcceptFailed}. */
  private static void close(SelectableChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("A surplus connection could not be closed", e);
    }
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
    left(channel);
  }

  @Override
  public void onClosed(SelectableChannel channel) {
    left(channel);
  }

  private void left(SelectableChannel channel) {
    Object one = owners.remove(channel);
    if (one != null && !one.equals(NOBODY)) {
      counts.computeIfPresent(one, (_, count) -> count == 1 ? null : count - 1);
    }
  }
}
