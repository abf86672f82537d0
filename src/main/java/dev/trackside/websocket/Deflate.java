package dev.trackside.websocket;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * permessage-deflate (RFC 7692) without context takeover in either direction: every message is
 * compressed by itself, so that what is compressed once can go to many, and a connection keeps no
 * state of it. A thread has one compressor and one expander for all its connections.
 */
public final class Deflate {
  /** Below this a frame hardly shrinks, and a packet costs as much as a smaller one. */
  private static final int LEAST_BYTES = 256;

  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private static final ThreadLocal<Deflater> DEFLATER =
      ThreadLocal.withInitial(() -> new Deflater(Deflater.DEFAULT_COMPRESSION, true));
  private static final ThreadLocal<Inflater> INFLATER =
      ThreadLocal.withInitial(() -> new Inflater(true));
  private static final ThreadLocal<byte[]> SMALL = ThreadLocal.withInitial(() -> new byte[0]);

  private Deflate() {}

  /**
   * Compresses the text frames that were put into {@code frames} from {@code start} on, where that
   * makes them smaller, and moves them together.
   */
  public static void shrink(ByteBuffer frames, int start) {
    int end = frames.position();
    frames.position(start);
    for (int at = start; at < end; ) {
      int shortLength = frames.get(at + 1) & 0x7F;
      int length =
          switch (shortLength) {
            case 126 -> frames.getShort(at + 2) & 0xFFFF;
            case 127 -> (int) frames.getLong(at + 2);
            default -> shortLength;
          };
      int payload = at + Frames.headerLength(length);
      if (length < LEAST_BYTES || !shrink(frames, payload, length)) {
        int whole = payload + length - at;
        frames.put(frames.position(), frames, at, whole).position(frames.position() + whole);
      }
      at = payload + length;
    }
  }

  /** Puts the payload compressed, as a frame; or returns false, when it would not be smaller. */
  private static boolean shrink(ByteBuffer frames, int payload, int length) {
    byte[] small = SMALL.get();
    if (small.length < length) {
      small = new byte[length];
      SMALL.set(small);
    }
    Deflater deflater = DEFLATER.get();
    deflater.reset();
    deflater.setInput(frames.slice(payload, length));
    int written = deflater.deflate(small, 0, length, Deflater.SYNC_FLUSH);
    if (written == length) {
      return false;
    }
    int size = written - TAIL.length;
    Frames.putHeader(frames, Frames.FINAL | Frames.DEFLATED | Frames.TEXT, size);
    frames.put(small, 0, size);
    return true;
  }

  /**
   * Expands a message into {@code text}, as far as there is room.
   *
   * @return how many bytes it has become
   * @throws Violation when it is not compressed data
   */
  static int inflate(byte[] bytes, int length, byte[] text) throws Violation {
    Inflater inflater = INFLATER.get();
    inflater.reset();
    try {
      inflater.setInput(bytes, 0, length);
      int size = inflater.inflate(text);
      if (!inflater.finished() && size < text.length) {
        inflater.setInput(TAIL);
        size += inflater.inflate(text, size, text.length - size);
      }
      return size;
    } catch (DataFormatException e) {
      throw new Violation(CloseCode.BAD_TEXT, "a compressed message must be raw deflate data");
    }
  }
}
