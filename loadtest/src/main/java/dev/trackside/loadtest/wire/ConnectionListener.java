package dev.trackside.loadtest.wire;

import java.nio.ByteBuffer;

/** Gets the events of a {@link Connection}, one after the other. No call may block. */
public interface ConnectionListener {
  void opened(Connection line);

  /** Gets a text message. The buffer has an array, and is valid during the call only. */
  void text(ByteBuffer utf8);

  /** Gets a binary message. The buffer has an array, and is valid during the call only. */
  void binary(ByteBuffer bytes);

  /** The last call, and the only one if the connection never opened. */
  void ended(Ending ending);
}
