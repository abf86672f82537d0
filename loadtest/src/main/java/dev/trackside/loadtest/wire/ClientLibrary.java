package dev.trackside.loadtest.wire;

import java.io.IOException;

/** A WebSocket client library. */
public enum ClientLibrary {
  /** Java-WebSocket, which many apps use; two threads for each connection. */
  JAVA_WEBSOCKET,
  /** Jetty's client, for many connections. */
  JETTY;

  /** Beyond so many connections in a process, Java-WebSocket's threads cost too much. */
  public static final int MOST_OF_JAVA_WEBSOCKET = 2_000;

  /** The library for a number of connections. */
  public static ClientLibrary fitting(int connections) {
    return connections <= MOST_OF_JAVA_WEBSOCKET ? JAVA_WEBSOCKET : JETTY;
  }

  /**
   * Starts the library.
   *
   * @throws IOException when it does not start
   */
  public Connector connector(ConnectOptions options) throws IOException {
    return switch (this) {
      case JAVA_WEBSOCKET -> new JavaWebSocketConnector(options);
      case JETTY -> new JettyConnector(options);
    };
  }
}
