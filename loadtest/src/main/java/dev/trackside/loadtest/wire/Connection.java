package dev.trackside.loadtest.wire;

/** One WebSocket connection, seen from the client. Thread-safe. */
public interface Connection {
  /** Sends a text without blocking. A connection that has ended drops it. */
  void send(String text);

  /** Stops reading until {@link #resume}, so that TCP makes the server wait. */
  void pause();

  void resume();

  /** Answers no more pings but goes on reading: to the server, the client has vanished. */
  void mute();

  /** Closes; the {@link ConnectionListener} learns when the other side has answered. */
  void close();

  /** Breaks the connection without a Close frame. */
  void cut();
}
