package dev.trackside.http;

import java.util.ArrayList;
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

  /** Ends whatever is overdue, on a thread of its own: the caller has others to serve. */
  void check() {
    long nowNanos = System.nanoTime();
    var overdue = new ArrayList<Visit>();
    for (Visit visit : visits.values()) {
      try {
        if (visit.isOverdue(nowNanos, terms)) {
          overdue.add(visit);
        }
      } catch (RuntimeException e) {
        LOG.error("A connection could not be looked after", e);
      }
    }
    if (!overdue.isEmpty()) {
      Thread.startVirtualThread(() -> overdue.forEach(Visit::end));
    }
  }
}
