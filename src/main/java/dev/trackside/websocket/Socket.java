package dev.trackside.websocket;

import dev.trackside.connection.Sink;

/** An open connection, as those see it who speak over it. */
public interface Socket {
  /**
   * The way out for whole frames. Only one write may be under way, and one thread at a time may
   * call. It returns true when all of them have left, or nobody is there to take them; false when a
   * part waits, of which the connection keeps its own copy: {@link Receiver#written} follows.
   */
  Sink sink();

  /** Whether the client takes compressed messages: see {@link Deflate}. */
  boolean inflates();

  /** Says goodbye and ends the connection, in bounded time. Any thread; the first word counts. */
  void close(int code, String reason);

  /** The same, but who does not take the word at once is cut off half a second later. */
  void cut(int code, String reason);

  /** Stops reading until {@link #resumeReading}. Called by the thread that reads. */
  void suspendReading();

  /** Reads again. Any thread. */
  void resumeReading();
}
