package dev.trackside.websocket;

/**
 * Receives what a connection brings. The reading thread calls, except for {@link #written} and
 * {@link #closed}, which any thread may call. No method may block.
 */
public interface Receiver {
  /** Ignores everything. */
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

  /** A message: {@code length} bytes of valid UTF-8, valid only during the call. */
  void text(byte[] bytes, int length);

  /** Everything from one read has been delivered. */
  void endOfRead();

  /** A write that had to wait has left. */
  void written();

  /** The connection has ended. Comes once. */
  void closed();
}
