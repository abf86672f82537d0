package dev.trackside.loadtest.wire;

import java.net.URI;

/** Makes connections. Thread-safe. Closing it breaks those that are still open. */
public interface Connector extends AutoCloseable {
  /** Begins to connect and returns at once; the listener learns the result. */
  void connect(URI target, ConnectionListener listener);

  @Override
  void close();
}
