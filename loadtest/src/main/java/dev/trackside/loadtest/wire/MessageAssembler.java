package dev.trackside.loadtest.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Joins the frames of a message. For one thread at a time. */
final class MessageAssembler {
  /** A longer message ends the connection. */
  static final int MOST_BYTES = 16 << 20;

  private final ByteArrayOutputStream pieces = new ByteArrayOutputStream();
  private boolean text;

  void begin(boolean isText) {
    pieces.reset();
    text = isText;
  }

  void add(ByteBuffer payload) {
    if (pieces.size() + payload.remaining() > MOST_BYTES) {
      throw new IllegalStateException("a message has more than " + MOST_BYTES + " bytes");
    }
    ByteBuffer bytes = inArray(payload);
    pieces.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
  }

  void deliver(ConnectionListener listener) {
    deliver(listener, text, ByteBuffer.wrap(pieces.toByteArray()));
    pieces.reset();
  }

  static void deliver(ConnectionListener listener, boolean text, ByteBuffer payload) {
    if (text) {
      listener.text(inArray(payload));
    } else {
      listener.binary(inArray(payload));
    }
  }

  private static ByteBuffer inArray(ByteBuffer payload) {
    if (payload.hasArray()) {
      return payload;
    }
    var bytes = new byte[payload.remaining()];
    payload.get(bytes);
    return ByteBuffer.wrap(bytes);
  }
}
