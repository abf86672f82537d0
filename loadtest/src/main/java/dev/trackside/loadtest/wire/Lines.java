package dev.trackside.loadtest.wire;

import java.net.URI;

/** Makes connections. Threads may share it; closing it cuts what is still open. */
public interface Lines extends AutoCloseable {
  /** Begins to connect, and returns at once: the ear hears what becomes of it. */
  void dial(URI target, Ear ear);

  @Override
  void close();
}
