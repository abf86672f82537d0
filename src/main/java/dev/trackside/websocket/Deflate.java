package dev.trackside.websocket;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * permessage-deflate (RFC 7692) without context takeover in either direction: every message is
 * compressed by itself, so that what is compressed once can go to many, and a connection keeps no
 * state of it. Compressors and expanders are lent for one piece of work, so that there are as many
 * as have ever worked at once: their 256 KiB lie outside the heap, where no collection finds them.
 */
public final class Deflate {
  /** Below this a frame hardly shrinks, and a packet costs as much as a smaller one. */
  private static final int LEAST_BYTES = 256;

  /** With so many bytes every flush ends, 00 00 FF FF, which no message carries. */
  private static final int EMPTY_BLOCK_BYTES = 4;

  /** Ends a message: what its sender left away of the empty block, and an empty last one. */
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
   * Compresses the text frames that were put into {@code frames} from {@code start} on, where that
   * makes them smaller, and moves them together.
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

  /** Puts the payload compressed, as a frame; or returns false, when it would not be smaller. */
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
   * @return how many bytes it has become
   * @throws Violation when it is not compressed data
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
