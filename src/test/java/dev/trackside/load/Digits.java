package dev.trackside.load;

import java.nio.ByteBuffer;

/** Numbers of a fixed width, written into a text that is there already. */
final class Digits {
  private Digits() {}

  static void put(ByteBuffer text, int at, int width, long number) {
    long rest = number;
    for (int i = at + width - 1; i >= at; i--) {
      text.put(i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
  }

  /** The number at {@code from}, up to the first character that is no digit. */
  static long read(byte[] text, int from, int end) {
    long number = 0;
    for (int i = from; i < end && text[i] >= '0' && text[i] <= '9'; i++) {
      number = number * 10 + text[i] - '0';
    }
    return number;
  }

  /** Where {@code word} ends in a text, or −1. */
  static int behind(byte[] word, byte[] text, int from, int end) {
    for (int i = from; i <= end - word.length; i++) {
      int same = 0;
      while (same < word.length && text[i + same] == word[same]) {
        same++;
      }
      if (same == word.length) {
        return i + same;
      }
    }
    return -1;
  }
}
