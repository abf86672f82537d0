package dev.trackside.websocket;

import java.nio.ByteBuffer;

/** An open connection, as those see it who speak over it. */
public interface Socket {
  /**
   * Sends whole frames. Only one write may be under way, and one thread at a time may call.
   *
   * @return true when all of it has left, or nobody is there to take it; false when a part waits,
   *     of which the connection keeps its own copy: {@link Receiver#written} follows
   */
  boolean write(ByteBuffer frames);

  /** Says goodbye and ends the connection, in bounded time. Any thread; the first word counts. */
  void close(int code, String reason);

  /** Stops reading until {@link #resumeReading}. Called by the thread that reads. */
  void suspendReading();

  /** Reads again. Any thread. */
  void resumeReading();
}
