package dev.trackside.websocket;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * permessage-deflate (RFC 7692) without context takeover: every message is compressed by itself, so
 * one result can go to many connections, and a connection keeps no state. Compressors are pooled,
 * because each holds 256 KiB outside the heap; there are as many as ever worked at once.
 */
public final class Deflate {
  /** Below this a frame hardly shrinks, and a smaller packet costs as much. */
  private static final int LEAST_BYTES = 256;

  /** Every flush ends with 00 00 FF FF, which messages leave out. */
  private static final int EMPTY_BLOCK_BYTES = 4;

  /** Completes a message: the bytes its sender left out, and an empty last block. */
  private static final byte[] END = {
    0, 0, (byte) 0xFF, (byte) 0xFF, 1, 0, 0, (byte) 0xFF, (byte) 0xFF
  };

  private static final Queue<Compressor> COMPRESSORS = new ConcurrentLinkedQueue<>();
  private static final Queue<Inflater> EXPANDERS = new ConcurrentLinkedQueue<>();

  private static final class Compressor {
    final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    byte[] small = new byte[0];
  }

  private Deflate() {}

  /**
   * Compresses the text frames in {@code frames} from {@code start} on, unless that makes one
   * longer, and closes the gaps between them.
   */
  public static void shrink(ByteBuffer frames, int start) {
    int end = frames.position();
    if (end - start < LEAST_BYTES) {
      return;
    }
    Compressor free = COMPRESSORS.poll();
    Compressor compressor = free == null ? new Compressor() : free;
    try {
      shrinkEach(frames, start, end, compressor);
    } finally {
      COMPRESSORS.add(compressor);
    }
  }

  private static void shrinkEach(ByteBuffer frames, int start, int end, Compressor compressor) {
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
      if (length < LEAST_BYTES || !shrink(frames, payload, length, compressor)) {
        int whole = payload + length - at;
        frames.put(frames.position(), frames, at, whole).position(frames.position() + whole);
      }
      at = payload + length;
    }
  }

  /** Puts the payload as a compressed frame; returns false if that would not be smaller. */
  private static boolean shrink(ByteBuffer frames, int payload, int length, Compressor compressor) {
    if (compressor.small.length < length) {
      compressor.small = new byte[length];
    }
    byte[] small = compressor.small;
    Deflater deflater = compressor.deflater;
    deflater.reset();
    deflater.setInput(frames.slice(payload, length));
    int written = deflater.deflate(small, 0, length, Deflater.SYNC_FLUSH);
    if (written == length) {
      return false;
    }
    int size = written - EMPTY_BLOCK_BYTES;
    Frames.putHeader(frames, Frames.FINAL | Frames.DEFLATED | Frames.TEXT, size);
    frames.put(small, 0, size);
    return true;
  }

  /**
   * Expands a message into {@code text}, as far as there is room.
   *
   * @return the number of bytes put
   * @throws Violation if it is not compressed data
   */
  static int inflate(byte[] bytes, int length, byte[] text) throws Violation {
    Inflater free = EXPANDERS.poll();
    Inflater inflater = free == null ? new Inflater(true) : free;
    try {
      return inflate(inflater, bytes, length, text);
    } catch (DataFormatException e) {
      throw new Violation(CloseCode.BAD_TEXT, "a compressed message must be raw deflate data");
    } finally {
      EXPANDERS.add(inflater);
    }
  }

  private static int inflate(Inflater inflater, byte[] bytes, int length, byte[] text)
      throws DataFormatException {
    inflater.reset();
    inflater.setInput(bytes, 0, length);
    boolean ending = false;
    int size = 0;
    while (size < text.length) {
      size += inflater.inflate(text, size, text.length - size);
      int rest = inflater.getRemaining();
      if (inflater.finished()) {
        if (rest == 0) {
          break;
        }
        if (ending) {
          throw new DataFormatException("the last block ends before the message");
        }
        inflater.reset();
        inflater.setInput(bytes, length - rest, rest);
      } else if (inflater.needsInput()) {
        if (ending) {
          throw new DataFormatException("the message ends within a block");
        }
        ending = true;
        inflater.setInput(END);
      }
    }
    return size;
  }
}
