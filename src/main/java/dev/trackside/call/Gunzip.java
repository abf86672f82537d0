package dev.trackside.call;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip, RFC 1952. Unlike {@link java.util.zip.GZIPInputStream} it takes any number of
 * members without recursion, and refuses anything else behind the first one.
 */
final class Gunzip extends InputStream {
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[4096];
  private int next;
  private int filled;
  private boolean begun;
  private boolean inMember;

  Gunzip(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (inMember || !begun || hasMore()) {
      if (!inMember) {
        begun = true;
        header();
        inMember = true;
      }
      int count = inflate(bytes, offset, length);
      if (count > 0) {
        return count;
      }
      trailer();
      inMember = false;
    }
    return -1;
  }

  /** Returns 0 at the end of a member. */
  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    try {
      while (true) {
        int count = inflater.inflate(bytes, offset, length);
        if (count > 0) {
          crc.update(bytes, offset, count);
          return count;
        }
        if (inflater.finished()) {
          next = filled - inflater.getRemaining();
          return 0;
        }
        if (inflater.needsDictionary()) {
          throw new ZipException("a dictionary is missing");
        }
        if (inflater.needsInput()) {
          next = filled;
          fill();
          inflater.setInput(buffer, 0, filled);
        }
      }
    } catch (DataFormatException e) {
      throw new ZipException(e.getMessage());
    }
  }

  private void header() throws IOException {
    crc.reset();
    if (headerByte() != 0x1f || headerByte() != 0x8b || headerByte() != 8) {
      throw new ZipException("a member does not begin with a gzip header");
    }
    int flags = headerByte();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(headerByte() | headerByte() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0 && (crc.getValue() & 0xffff) != (one() | one() << 8)) {
      throw new ZipException("the checksum of a header is wrong");
    }
    crc.reset();
    inflater.reset();
    inflater.setInput(buffer, next, filled - next);
  }

  private void trailer() throws IOException {
    if (four() != crc.getValue() || four() != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("the checksum is wrong");
    }
  }

  private long four() throws IOException {
    return one() | one() << 8 | one() << 16 | (long) one() << 24;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      headerByte();
    }
  }

  private void skipText() throws IOException {
    while (headerByte() != 0) {
      // up to the zero at the end
    }
  }

  private int headerByte() throws IOException {
    int one = one();
    crc.update(one);
    return one;
  }

  private int one() throws IOException {
    if (next == filled) {
      fill();
    }
    return buffer[next++] & 0xff;
  }

  private void fill() throws IOException {
    if (!hasMore()) {
      throw new EOFException("it ends too early");
    }
  }

  private boolean hasMore() throws IOException {
    if (next == filled) {
      filled = Math.max(0, in.read(buffer, 0, buffer.length));
      next = 0;
    }
    return next < filled;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
