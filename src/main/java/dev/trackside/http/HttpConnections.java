package dev.trackside.http;

import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that speak HTTP. One that is upgraded leaves, and keeps its own deadlines. Safe
 * for use by many threads.
 */
final class HttpConnections implements Connection.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnections.class);

  private final EdgeLimits limits;
  private final ConnectionLimiter limiter;
  private final Map<Connection, HttpConnection> connections = new ConcurrentHashMap<>();

  HttpConnections(EdgeLimits limits, ConnectionLimiter limiter) {
    this.limits = limits;
    this.limiter = limiter;
  }

  @Override
  public void onOpened(Connection connection) {
    connections.put(connection, new HttpConnection(connection, limiter.isTooMany()));
  }

  @Override
  public void onClosed(Connection connection) {
    connections.remove(connection);
  }

  @Nullable HttpConnection of(Connection connection) {
    return connections.get(connection);
  }

  /** Ends overdue connections, on a thread of its own, since ending one may block. */
  void check() {
    long nowNanos = System.nanoTime();
    var overdue = new ArrayList<HttpConnection>();
    for (HttpConnection connection : connections.values()) {
      try {
        if (connection.isOverdue(nowNanos, limits)) {
          overdue.add(connection);
        }
      } catch (RuntimeException e) {
        LOG.error("A connection could not be checked", e);
      }
    }
    if (!overdue.isEmpty()) {
      Thread.startVirtualThread(() -> overdue.forEach(HttpConnection::end));
    }
  }
}
