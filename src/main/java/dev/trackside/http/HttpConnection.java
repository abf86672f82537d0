package dev.trackside.http;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpStream;

/** One connection, for as long as it speaks HTTP. Safe for use by many threads. */
final class HttpConnection {
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Connection connection;
  private final boolean tooMany;
  private final AtomicReference<Stage> stage;
  private boolean warned;

  /**
   * @param tooMany whether there was no room any more
   */
  HttpConnection(Connection connection, boolean tooMany) {
    this.connection = connection;
    this.tooMany = tooMany;
    this.stage = new AtomicReference<>(new Stage.Head(System.nanoTime()));
  }

  boolean isTooMany() {
    return tooMany;
  }

  /** A request's head is complete. */
  HttpStream answering(HttpStream stream) {
    var exchange = new Exchange(stream, this::answered);
    stage.set(exchange);
    return exchange;
  }

  private void answered() {
    stage.set(new Stage.Kept(System.nanoTime(), connection.getBytesIn()));
  }

  /** Whether the connection has been what it is for too long. One thread at a time. */
  boolean isOverdue(long nowNanos, EdgeLimits limits) {
    return switch (stage.get()) {
      case Stage.Head head -> nowNanos - head.sinceNanos() > limits.patience().toNanos();
      case Stage.Kept kept -> {
        if (connection.getBytesIn() > kept.bytesIn()) {
          stage.compareAndSet(kept, new Stage.Head(nowNanos));
        }
        yield nowNanos - kept.sinceNanos() > keepingNanos(limits);
      }
      case Stage.Answering exchange ->
          switch (exchange.slowness(nowNanos, limits)) {
            case NOTHING -> false;
            case BODY -> isWarned();
            case READING -> true;
          };
    };
  }

  /** Whom the server has left has a moment to hear the last of it. */
  private long keepingNanos(EdgeLimits limits) {
    return (connection.getEndPoint().isOutputShutdown() ? LINGER : limits.idle()).toNanos();
  }

  /** Lets whoever reads the body say so, the first time; returns whether that was in vain. */
  private boolean isWarned() {
    boolean inVain = warned || connection.onIdleExpired(new TimeoutException("it came too slowly"));
    warned = true;
    return inVain;
  }

  void end() {
    connection.getEndPoint().close();
  }
}
