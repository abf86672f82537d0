package dev.trackside.connection;

import java.nio.ByteBuffer;

/**
 * The way out to one client, for whole messages. It takes bytes without waiting, one write at a
 * time and from one thread at a time.
 */
public interface Sink {
  /**
   * Writes what is in a buffer.
   *
   * @return true when all of it has left, or nobody is there any more to take it; false when a part
   *     waits, of which a copy is kept: then whoever owns the connection says when that has left
   */
  boolean write(ByteBuffer bytes);
}
