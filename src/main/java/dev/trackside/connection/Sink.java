package dev.trackside.connection;

import java.nio.ByteBuffer;

/**
 * Takes whole messages for one client without waiting: one write at a time, from one thread at a
 * time.
 */
public interface Sink {
  /**
   * Returns false if a part has to wait; the sink keeps a copy of it, and the owner of the
   * connection reports when it has left.
   */
  boolean write(ByteBuffer bytes);
}
