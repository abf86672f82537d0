package dev.trackside.loadtest.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Puts the frames of a message together. One thread at a time. */
final class Whole {
  /** A message of more ends the connection. */
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

  void tell(Ear ear) {
    tell(ear, text, ByteBuffer.wrap(pieces.toByteArray()));
    pieces.reset();
  }

  static void tell(Ear ear, boolean text, ByteBuffer payload) {
    if (text) {
      ear.text(inArray(payload));
    } else {
      ear.binary(inArray(payload));
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
