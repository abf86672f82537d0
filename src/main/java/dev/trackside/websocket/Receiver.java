package dev.trackside.websocket;

/**
 * What stands behind a connection. Calls come one at a time from the thread that reads, but for
 * {@link #written} and {@link #closed}, which come from any thread. None may block.
 */
public interface Receiver {
  /** Who does nothing. */
  Receiver NOBODY =
      new Receiver() {
        @Override
        public void text(byte[] bytes, int length) {}

        @Override
        public void endOfRead() {}

        @Override
        public void written() {}

        @Override
        public void closed() {}
      };

  /** A message: {@code length} bytes of valid UTF-8, there only during the call. */
  void text(byte[] bytes, int length);

  /** Everything that one read brought has been told. */
  void endOfRead();

  /** The write that did not leave at once has left. */
  void written();

  /** The connection is over, however it ended. Told once. */
  void closed();
}
