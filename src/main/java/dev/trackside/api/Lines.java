package dev.trackside.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/** Reads the lines of a stream that are not blank, into one buffer. For one thread. */
final class Lines {
  static final int LONGEST_BYTES = 64 * 1024;

  private final InputStream in;
  private byte[] buffer = new byte[8 * 1024];
  private int next;
  private int filled;
  private int start;
  private int end;
  private boolean tooLong;

  Lines(InputStream in) {
    this.in = in;
  }

  /** The next byte that is not blank, or −1. */
  int peek() throws IOException {
    while (true) {
      while (next < filled && isBlank(buffer[next])) {
        next++;
      }
      if (next < filled) {
        return buffer[next] & 0xff;
      }
      if (!more()) {
        return -1;
      }
    }
  }

  /** Goes to the next line; returns false when there is none. */
  boolean next() throws IOException {
    if (peek() < 0) {
      return false;
    }
    tooLong = false;
    int searched = 0;
    while (!endFrom(next + searched)) {
      searched = filled - next;
      if (searched >= LONGEST_BYTES) {
        tooLong = true;
        next = filled;
        searched = 0;
      }
      if (!more()) {
        end = filled;
        break;
      }
    }
    start = next;
    next = Math.min(end + 1, filled);
    return true;
  }

  private boolean endFrom(int from) {
    for (end = from; end < filled; end++) {
      if (buffer[end] == '\n') {
        return true;
      }
    }
    return false;
  }

  private boolean more() throws IOException {
    System.arraycopy(buffer, next, buffer, 0, filled - next);
    filled -= next;
    next = 0;
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * filled);
    }
    int count = in.read(buffer, filled, buffer.length - filled);
    filled += Math.max(0, count);
    return count > 0;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Holds the line's bytes until the next call, unless it is too long. */
  byte[] buffer() {
    return buffer;
  }

  int start() {
    return start;
  }

  int length() {
    return end - start;
  }

  boolean isTooLong() {
    return tooLong;
  }

  /** Everything after the line. No line can be read after this call. */
  InputStream rest() {
    return new SequenceInputStream(new ByteArrayInputStream(buffer, next, filled - next), in);
  }
}
