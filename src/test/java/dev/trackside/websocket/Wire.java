package dev.trackside.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** Frames as a client sends them, good ones and bad ones. */
final class Wire {
  static final int FINAL_TEXT = 0x81;
  static final int TEXT = 0x01;
  static final int CONTINUATION = 0x00;
  static final int FINAL_CONTINUATION = 0x80;
  static final int BINARY = 0x82;
  static final int CLOSE = 0x88;
  static final int PING = 0x89;
  static final int PONG = 0x8A;
  private static final int MASK = 0x37FA213D;

  /** How many bytes a length takes. */
  enum Length {
    SHORT,
    MIDDLE,
    LONG;

    static Length of(long length) {
      return length < 126 ? SHORT : length < 65_536 ? MIDDLE : LONG;
    }
  }

  private Wire() {}

  static byte[] text(String text) {
    return frame(FINAL_TEXT, utf8(text));
  }

  static byte[] frame(int first, String payload) {
    return frame(first, utf8(payload));
  }

  static byte[] frame(int first, byte[] payload) {
    return frame(first, payload, MASK);
  }

  static byte[] frame(int first, byte[] payload, int mask) {
    var masked = payload.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= (byte) (mask >>> (24 - 8 * (i % 4)));
    }
    byte[] header = header(first, Length.of(payload.length), payload.length);
    return join(header, ByteBuffer.allocate(4).putInt(mask).array(), masked);
  }

  /** A masked frame's first bytes, up to the mask, with a length that may be a lie. */
  static byte[] header(int first, Length form, long length) {
    return switch (form) {
      case SHORT -> bytes(first, 0x80 | (int) length);
      case MIDDLE -> bytes(first, 0x80 | 126, (int) length >> 8, (int) length);
      case LONG -> join(bytes(first, 0x80 | 127), ByteBuffer.allocate(8).putLong(length).array());
    };
  }

  static byte[] unmasked(int first, String payload) {
    byte[] words = utf8(payload);
    return join(bytes(first, words.length), words);
  }

  static byte[] close(int code) {
    return close(code, "");
  }

  static byte[] close(int code, String reason) {
    return frame(CLOSE, join(bytes(code >> 8, code), utf8(reason)));
  }

  static byte[] bytes(int... values) {
    var bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    var all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }

  static byte[] times(int count, byte[] part) {
    var all = ByteBuffer.allocate(count * part.length);
    for (int i = 0; i < count; i++) {
      all.put(part);
    }
    return all.array();
  }

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
