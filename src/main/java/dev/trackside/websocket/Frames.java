package dev.trackside.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** Frames as a server sends them: whole and unmasked (RFC 6455, section 5.2). */
public final class Frames {
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;
  static final int FINAL = 0x80;

  /** The first reserved bit: the message is compressed (RFC 7692, section 6). */
  static final int DEFLATED = 0x40;

  static final int MOST_CONTROL_BYTES = 125;

  private Frames() {}

  /** The length of the header of a frame with {@code length} bytes. */
  public static int headerLength(int length) {
    return length < 126 ? 2 : length < 65_536 ? 4 : 10;
  }

  /** Puts the header of a text frame of {@code length} bytes. */
  public static void putTextHeader(ByteBuffer target, int length) {
    putHeader(target, FINAL | TEXT, length);
  }

  /** Puts a text frame whose {@code length} bytes are already there, further back. */
  public static void putText(ByteBuffer target, int payload, int length) {
    put(target, FINAL | TEXT, payload, length);
  }

  /** Puts a binary frame whose {@code length} bytes are already there, further back. */
  public static void putBinary(ByteBuffer target, int payload, int length) {
    put(target, FINAL | BINARY, payload, length);
  }

  private static void put(ByteBuffer target, int first, int payload, int length) {
    putHeader(target, first, length);
    int start = target.position();
    target.put(start, target, payload, length).position(start + length);
  }

  static void putHeader(ByteBuffer target, int first, int length) {
    target.put((byte) first);
    if (length < 126) {
      target.put((byte) length);
    } else if (length < 65_536) {
      target.put((byte) 126).putShort((short) length);
    } else {
      target.put((byte) 127).putLong(length);
    }
  }

  /** A text frame with UTF-8 text. */
  public static byte[] text(byte[] text) {
    var frame = ByteBuffer.allocate(headerLength(text.length) + text.length);
    putTextHeader(frame, text.length);
    return frame.put(text).array();
  }

  static byte[] control(int opcode, byte[] payload) {
    return ByteBuffer.allocate(2 + payload.length)
        .put((byte) (FINAL | opcode))
        .put((byte) payload.length)
        .put(payload)
        .array();
  }

  static byte[] close(int code, String reason) {
    if (code == CloseCode.NO_STATUS) {
      return control(CLOSE, new byte[0]);
    }
    byte[] words = reason.getBytes(UTF_8);
    int length = Math.min(words.length, MOST_CONTROL_BYTES - 2);
    while (length < words.length && length > 0 && (words[length] & 0xC0) == 0x80) {
      length--;
    }
    return control(
        CLOSE,
        ByteBuffer.allocate(2 + length).putShort((short) code).put(words, 0, length).array());
  }
}
