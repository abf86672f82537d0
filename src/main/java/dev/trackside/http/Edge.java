package dev.trackside.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.trackside.caller.Proxies;
import dev.trackside.caller.RateLimits;
import io.javalin.config.JavalinConfig;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Surrounds the HTTP server: ends slow connections, limits their number, and adds the usual headers
 * to every answer. Safe for use by many threads.
 */
public final class Edge extends Handler.Wrapper {
  private static final long RETRY_AFTER_SECONDS = 10;
  private static final int ACCEPT_QUEUE = 4_096;

  /** Keeps the kernel from holding megabytes of stale positions for a slow spectator. */
  private static final int SEND_BUFFER_BYTES = 128 * 1024;

  /** After so long without a byte either way, Jetty itself ends a connection. */
  private static final Duration STALLED = Duration.ofSeconds(30);

  private static final Duration ROUND = Duration.ofMillis(200);

  private final EdgeLimits limits;
  private final ScheduledExecutorService timer;
  private final ConnectionLimiter limiter;
  private @Nullable ServerConnector connector;
  private final HttpConnections connections;

  /**
   * @param timer looks for overdue connections five times a second
   * @param proxies addresses that many clients share, whose connections are not limited by address
   */
  public Edge(
      EdgeLimits limits, ScheduledExecutorService timer, Proxies proxies, RateLimits rates) {
    this.limits = limits;
    this.timer = timer;
    limiter =
        new ConnectionLimiter(
            limits,
            address -> proxies.trust(address) ? null : rates.of(address, false).countedAs());
    connections = new HttpConnections(limits, limiter);
  }

  /**
   * Makes a server listen, and goes before all its handlers.
   *
   * @param port 0 for any free one
   * @param customizer sees each request first
   */
  public void install(
      JavalinConfig config, String host, int port, HttpConfiguration.Customizer customizer) {
    config.jetty.threadPool = threads();
    config.jetty.modifyServer(
        server -> {
          server.insertHandler(this);
          server.setErrorHandler(new Refusals());
        });
    config.jetty.addConnector(
        (server, http) -> {
          http.addCustomizer(customizer);
          ServerConnector made = connector(server, http);
          made.setHost(host);
          made.setPort(port);
          connector = made;
          return made;
        });
  }

  /** Calls block on virtual threads; a few platform threads read and write. */
  private static QueuedThreadPool threads() {
    var threads = new QueuedThreadPool(32, 4);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    return threads;
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(EdgeLimits.MOST_HEAD_BYTES);
    // A cache takes 100 KB of each connection, and reads a key as an equal one in other case.
    http.setHeaderCacheSize(0);
    var connector = new ServerConnector(server, new UpgradeTolerance(http));
    connector.setIdleTimeout(Math.max(STALLED.toMillis(), limits.idle().toMillis()));
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
    connector.addBean(limiter);
    connector.addEventListener(connections);
    return connector;
  }

  /** Why it cannot listen: what the operating system says, in place of a guess. */
  public static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /** Begins to end overdue connections. */
  public void watch() {
    var _ =
        timer.scheduleWithFixedDelay(
            connections::check, ROUND.toMillis(), ROUND.toMillis(), MILLISECONDS);
  }

  /** Stops accepting connections. */
  public void close() {
    if (connector != null) {
      connector.close();
    }
  }

  /** How many connections are open. */
  public int connections() {
    return limiter.size();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    HttpConnection connection = connections.of(request.getConnectionMetaData().getConnection());
    if (connection != null) {
      request.addHttpStreamWrapper(connection::answering);
      if (connection.isTooMany()) {
        refuse(response, callback);
        return true;
      }
    }
    return super.handle(request, response, callback);
  }

  private static void refuse(Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
    headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
    Refusals.write(
        response,
        HttpStatus.SERVICE_UNAVAILABLE_503,
        "Too many clients are connected. Try again later.",
        callback);
  }
}
