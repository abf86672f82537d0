package dev.trackside.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpStream;
import org.jspecify.annotations.Nullable;

/** One connection, for as long as it speaks HTTP. Safe for use by many threads. */
final class HttpConnection {
  /** What the connection is doing. */
  sealed interface Stage permits Head, Kept, Exchange {}

  /**
   * A request's head is on its way, or has yet to begin.
   *
   * @param sinceNanos when its first byte arrived, or when the client connected
   */
  private record Head(long sinceNanos) implements Stage {}

  /**
   * The connection is kept for another request.
   *
   * @param sinceNanos when the last answer was sent
   * @param bytesIn how many bytes the client had sent by then
   */
  private record Kept(long sinceNanos, long bytesIn) implements Stage {}

  private static final Duration LINGER = Duration.ofSeconds(2);
  private static final Duration NOTICED = Duration.ofMillis(500);

  private final Connection connection;
  private final boolean tooMany;
  private final AtomicReference<Stage> stage;
  private @Nullable Long warnedNanos;

  HttpConnection(Connection connection, boolean tooMany) {
    this.connection = connection;
    this.tooMany = tooMany;
    this.stage = new AtomicReference<>(new Head(System.nanoTime()));
  }

  /** Whether it was beyond the limit when it opened. */
  boolean isTooMany() {
    return tooMany;
  }

  /** Begins an exchange, once a request's head is complete. */
  HttpStream answering(HttpStream stream) {
    var exchange = new Exchange(stream, this::answered);
    stage.set(exchange);
    return exchange;
  }

  private void answered() {
    stage.set(new Kept(System.nanoTime(), connection.getBytesIn()));
  }

  /** Whether the connection has been in its stage for too long. One thread at a time. */
  boolean isOverdue(long nowNanos, EdgeLimits limits) {
    return switch (stage.get()) {
      case Head head -> nowNanos - head.sinceNanos() > limits.patience().toNanos();
      case Kept kept -> {
        if (connection.getBytesIn() > kept.bytesIn()) {
          stage.compareAndSet(kept, new Head(nowNanos));
        }
        yield nowNanos - kept.sinceNanos() > keepingNanos(limits);
      }
      case Exchange exchange ->
          switch (exchange.slowness(nowNanos, limits)) {
            case NOTHING -> false;
            case BODY -> isWarnedInVain(exchange, nowNanos);
            case READING -> true;
          };
    };
  }

  /** A connection that the server has shut down lingers, so that its last bytes arrive. */
  private long keepingNanos(EdgeLimits limits) {
    return (connection.getEndPoint().isOutputShutdown() ? LINGER : limits.idle()).toNanos();
  }

  /** Warns by the next read: Jetty's timeout loses the answer of a reader that is not waiting. */
  private boolean isWarnedInVain(Exchange exchange, long nowNanos) {
    if (warnedNanos == null) {
      warnedNanos = nowNanos;
      exchange.warnReader();
    } else if (nowNanos - warnedNanos > NOTICED.toNanos() && exchange.waitsUnwarned()) {
      connection.onIdleExpired(Exchange.tooSlowly());
    }
    return nowNanos - warnedNanos > LINGER.toNanos();
  }

  void end() {
    connection.getEndPoint().close();
  }
}
