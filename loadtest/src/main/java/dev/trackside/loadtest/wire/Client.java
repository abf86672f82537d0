package dev.trackside.loadtest.wire;

import java.io.IOException;

/** The libraries that make connections. */
public enum Client {
  /** Java-WebSocket: what many apps use; two threads a connection. */
  JAVA_WEBSOCKET,
  /** Jetty's: for many connections. */
  JETTY;

  /** Beyond so many connections in a process Java-WebSocket's threads cost too much. */
  public static final int MOST_OF_JAVA_WEBSOCKET = 2_000;

  /** The one for so many connections. */
  public static Client fitting(int connections) {
    return connections <= MOST_OF_JAVA_WEBSOCKET ? JAVA_WEBSOCKET : JETTY;
  }

  /**
   * Starts it.
   *
   * @throws IOException when it cannot be started
   */
  public Lines lines(Terms terms) throws IOException {
    return switch (this) {
      case JAVA_WEBSOCKET -> new JavaWebSocketLines(terms);
      case JETTY -> new JettyLines(terms);
    };
  }
}
