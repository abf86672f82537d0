package dev.trackside.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that speak HTTP. One that becomes something else has left, and keeps its own
 * deadlines. Safe for use by many threads.
 */
final class Visits implements Connection.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Visits.class);

  private final Terms terms;
  private final Crowd crowd;
  private final Map<Connection, Visit> visits = new ConcurrentHashMap<>();

  Visits(Terms terms, Crowd crowd) {
    this.terms = terms;
    this.crowd = crowd;
  }

  @Override
  public void onOpened(Connection connection) {
    visits.put(connection, new Visit(connection, crowd.isTooMany()));
  }

  @Override
  public void onClosed(Connection connection) {
    visits.remove(connection);
  }

  @Nullable Visit of(Connection connection) {
    return visits.get(connection);
  }

  /** Ends whatever is overdue. */
  void check() {
    long nowNanos = System.nanoTime();
    for (Visit visit : visits.values()) {
      try {
        visit.check(nowNanos, terms);
      } catch (RuntimeException e) {
        LOG.error("A connection could not be looked after", e);
      }
    }
  }
}
