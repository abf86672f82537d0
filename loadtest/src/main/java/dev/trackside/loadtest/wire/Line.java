package dev.trackside.loadtest.wire;

/** One WebSocket connection, seen from the client. Threads may share it. */
public interface Line {
  /** Sends a text as soon as the network takes it; never waits. A line that has ended drops it. */
  void send(String text);

  /** Reads no more: TCP makes the server wait. {@link #resume} ends it. */
  void pause();

  void resume();

  /** Answers no ping any more, and goes on reading: for the server the client has vanished. */
  void mute();

  /** Says goodbye; the {@link Ear} hears when the other side has answered. */
  void close();

  /** Ends the connection without a word. */
  void cut();
}
