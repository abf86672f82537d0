package dev.trackside.loadtest.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Finds a text in bytes by Horspool's algorithm. Immutable. */
final class BytePattern {
  private final byte[] text;
  private final int[] skips = new int[256];

  BytePattern(String text) {
    this.text = text.getBytes(US_ASCII);
    Arrays.fill(skips, this.text.length);
    for (int i = 0; i < this.text.length - 1; i++) {
      skips[this.text[i]] = this.text.length - 1 - i;
    }
  }

  /** The index after the text, or -1. */
  int after(byte[] bytes, int from, int to) {
    int last = text.length - 1;
    for (int at = from; at + last < to; at += skips[bytes[at + last] & 0xff]) {
      if (bytes[at + last] == text[last] && endsAt(bytes, at + text.length)) {
        return at + text.length;
      }
    }
    return -1;
  }

  /** Whether the text ends at an index. */
  boolean endsAt(byte[] bytes, int end) {
    int from = end - text.length;
    for (int i = 0; i < text.length; i++) {
      if (bytes[from + i] != text[i]) {
        return false;
      }
    }
    return true;
  }
}
