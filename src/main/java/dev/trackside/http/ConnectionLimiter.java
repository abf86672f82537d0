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
 * Everybody who is connected, whatever the connection has become. Far beyond the number that there
 * may be, and beyond that of one address, a newcomer is closed at once; a little beyond the first,
 * he is taken in to be told. Safe for use by many threads.
 */
final class ConnectionLimiter implements SelectorManager.AcceptListener {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimiter.class);
  private static final Duration COMPLAINTS = Duration.ofMinutes(1);

  /** As what those are known who are not counted. */
  private static final Object NOBODY = new Object();

  private final EdgeLimits limits;
  private final Function<InetAddress, @Nullable Object> whose;
  private final Map<SelectableChannel, Object> present = new ConcurrentHashMap<>();
  private final Map<Object, Integer> ofOne = new ConcurrentHashMap<>();
  private final AtomicLong complainedNanos =
      new AtomicLong(System.nanoTime() - COMPLAINTS.toNanos());

  /**
   * @param whose as what the connections of an address are counted, or null when they are not
   */
  ConnectionLimiter(EdgeLimits limits, Function<InetAddress, @Nullable Object> whose) {
    this.limits = limits;
    this.whose = whose;
  }

  /** Whether there are more than there may be. */
  boolean isTooMany() {
    return present.size() > limits.connections();
  }

  int size() {
    return present.size();
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    Object one = ownerOf(channel);
    present.put(channel, one);
    if (isTooMany()) {
      complain();
    }
    if ((!one.equals(NOBODY) && ofOne.merge(one, 1, Integer::sum) > limits.connectionsOfOne())
        || size() > limits.connections() + EdgeLimits.SPARE_CONNECTIONS) {
      close(channel);
    }
  }

  private Object ownerOf(SelectableChannel channel) {
    InetAddress address =
        channel instanceof SocketChannel socket ? socket.socket().getInetAddress() : null;
    Object one = address == null ? null : whose.apply(address);
    return one == null ? NOBODY : one;
  }

  private void complain() {
    long now = System.nanoTime();
    long before = complainedNanos.get();
    if (now - before >= COMPLAINTS.toNanos() && complainedNanos.compareAndSet(before, now)) {
      LOG.warn("All {} connections are taken; who comes now is sent away", limits.connections());
    }
  }

  /** Who registers it next finds it closed, and tells {@link #onAcceptFailed}. */
  private static void close(SelectableChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("A connection too many could not be closed", e);
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
    Object one = present.remove(channel);
    if (one != null && !one.equals(NOBODY)) {
      ofOne.computeIfPresent(one, (_, count) -> count == 1 ? null : count - 1);
    }
  }
}
