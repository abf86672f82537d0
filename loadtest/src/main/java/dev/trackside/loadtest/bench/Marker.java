package dev.trackside.loadtest.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Finds the moments in messages: a member of positions whose value has always as many digits. Where
 * it was found in a message of some length, it is looked for first in the next one of that length.
 * For one thread.
 */
final class Marker {
  /** Our own member, in microseconds. */
  static final String STAMP = "\"stamp\":";

  /** The moment of the fix, in milliseconds. */
  static final String MOMENT = "\"t\":";

  private final byte[] name;
  private final int digits;
  private final long micros;
  private final int[] skips = new int[256];
  private int lastLength;
  private int lastOffset;

  Marker(String name) {
    this.name = name.getBytes(US_ASCII);
    boolean ours = name.equals(STAMP);
    this.digits = ours ? 16 : 13;
    this.micros = ours ? 1 : 1_000;
    Arrays.fill(skips, this.name.length);
    for (int i = 0; i < this.name.length - 1; i++) {
      skips[this.name[i]] = this.name.length - 1 - i;
    }
  }

  /** Counts each moment of a message. */
  void find(byte[] bytes, int from, int to, Arrivals arrivals) {
    if (to - from == lastLength && isAt(bytes, from + lastOffset)) {
      arrivals.arrived(number(bytes, from + lastOffset + name.length) * micros);
      return;
    }
    int found = 0;
    int offset = 0;
    int last = name.length - 1;
    int end = to - last - digits;
    for (int at = from; at < end; ) {
      if (bytes[at + last] == name[last] && isAt(bytes, at)) {
        arrivals.arrived(number(bytes, at + name.length) * micros);
        found++;
        offset = at - from;
        at += name.length + digits;
      } else {
        at += skips[bytes[at + last] & 0xff];
      }
    }
    if (found == 1) {
      lastLength = to - from;
      lastOffset = offset;
    }
  }

  private boolean isAt(byte[] bytes, int at) {
    for (int i = 0; i < name.length; i++) {
      if (bytes[at + i] != name[i]) {
        return false;
      }
    }
    return true;
  }

  private long number(byte[] bytes, int from) {
    long number = 0;
    for (int i = from; i < from + digits; i++) {
      number = number * 10 + bytes[i] - '0';
    }
    return number;
  }
}
