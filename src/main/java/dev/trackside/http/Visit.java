package dev.trackside.http;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpStream;

/** One connection, for as long as it speaks HTTP. Safe for use by many threads. */
final class Visit {
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Connection connection;
  private final boolean tooMany;
  private final AtomicReference<Stage> stage;
  private boolean warned;

  /**
   * @param tooMany whether there was no room any more
   */
  Visit(Connection connection, boolean tooMany) {
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

  /** Ends the connection when it has been what it is for too long. One thread at a time. */
  void check(long nowNanos, Terms terms) {
    switch (stage.get()) {
      case Stage.Head head when nowNanos - head.sinceNanos() > terms.patience().toNanos() -> end();
      case Stage.Head _ -> {}
      case Stage.Kept kept when nowNanos - kept.sinceNanos() > keepingNanos(terms) -> end();
      case Stage.Kept kept -> {
        if (connection.getBytesIn() > kept.bytesIn()) {
          stage.compareAndSet(kept, new Stage.Head(nowNanos));
        }
      }
      case Stage.Answering exchange -> {
        switch (exchange.slowness(nowNanos, terms)) {
          case NOTHING -> {}
          case BODY -> hurry();
          case READING -> end();
        }
      }
    }
  }

  /** Whom the server has left has a moment to hear the last of it. */
  private long keepingNanos(Terms terms) {
    return (connection.getEndPoint().isOutputShutdown() ? LINGER : terms.idle()).toNanos();
  }

  /** Lets whoever reads the body say so, the first time. */
  private void hurry() {
    if (warned || connection.onIdleExpired(new TimeoutException("it came too slowly"))) {
      end();
    }
    warned = true;
  }

  private void end() {
    connection.getEndPoint().close();
  }
}
