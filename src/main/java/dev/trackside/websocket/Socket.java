package dev.trackside.websocket;

import dev.trackside.connection.Sink;

/** An open connection, as the code that speaks over it sees it. */
public interface Socket {
  /** Takes whole frames. After a write that has to wait, {@link Receiver#written} follows. */
  Sink sink();

  /** Whether the client takes compressed messages: see {@link Deflate}. */
  boolean inflates();

  /** Closes the connection in bounded time. Any thread; the first call counts. */
  void close(int code, String reason);

  /** The same, but a client that does not react is cut off after half a second. */
  void cut(int code, String reason);

  /** Stops reading until {@link #resumeReading}. Called by the reading thread. */
  void suspendReading();

  /** Continues to read. Any thread. */
  void resumeReading();
}
