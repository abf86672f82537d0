package dev.trackside.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Stands around the HTTP server: ends connections that dawdle, keeps their number below a limit,
 * and puts the usual headers on every answer. Safe for use by many threads.
 */
public final class Edge extends Handler.Wrapper {
  private static final long RETRY_AFTER_SECONDS = 10;

  /** After so long without a byte either way Jetty ends a connection by itself. */
  private static final Duration STALLED = Duration.ofSeconds(30);

  private static final Duration ROUND = Duration.ofMillis(200);

  private final Terms terms;
  private final Crowd crowd;
  private final Visits visits;

  /**
   * @param timer looks five times a second who is overdue
   * @param whose as what the connections of an address are counted, or null when they are not
   */
  public Edge(
      Terms terms, ScheduledExecutorService timer, Function<InetAddress, @Nullable Object> whose) {
    this.terms = terms;
    crowd = new Crowd(terms, whose);
    visits = new Visits(terms, crowd);
    var _ =
        timer.scheduleWithFixedDelay(
            visits::check, ROUND.toMillis(), ROUND.toMillis(), MILLISECONDS);
  }

  /** Puts itself in front of all handlers that there are. */
  public void standBefore(Server server) {
    server.insertHandler(this);
    server.setErrorHandler(new Refusals());
  }

  /** A connector whose connections are bounded. */
  public ServerConnector connector(Server server, HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(Terms.MOST_HEAD_BYTES);
    http.setHeaderCacheCaseSensitive(true); // else a key is read as the like one shown before it
    var connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setIdleTimeout(Math.max(STALLED.toMillis(), terms.idle().toMillis()));
    connector.addBean(crowd);
    connector.addEventListener(visits);
    return connector;
  }

  /** How many connections are open at present. */
  public int connections() {
    return crowd.size();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Visit visit = visits.of(request.getConnectionMetaData().getConnection());
    if (visit == null) {
      return super.handle(request, response, callback);
    }
    request.addHttpStreamWrapper(visit::answering);
    if (visit.isTooMany()) {
      sendAway(response, callback);
      return true;
    }
    return super.handle(request, response, callback);
  }

  private static void sendAway(Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
    headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
    Refusals.write(
        response,
        HttpStatus.SERVICE_UNAVAILABLE_503,
        "Too many are connected at present. Come back later.",
        callback);
  }
}
