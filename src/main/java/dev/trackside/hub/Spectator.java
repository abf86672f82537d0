package dev.trackside.hub;

import java.nio.ByteBuffer;

/** Somebody who follows, as the hub sees him: a way out that takes one write at a time. */
public interface Spectator {
  /**
   * Sends bytes without waiting.
   *
   * @return true when all of them have left; false when the spectator keeps a copy of the rest, and
   *     {@link Viewer#written} will be called once it has left
   */
  boolean write(ByteBuffer bytes);

  /** Ends the connection with a word. */
  void close(Goodbye goodbye);
}
