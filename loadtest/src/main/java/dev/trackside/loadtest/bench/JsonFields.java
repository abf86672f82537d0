package dev.trackside.loadtest.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Finds members in well-formed JSON without parsing it. */
final class JsonFields {
  private JsonFields() {}

  /** A name as it precedes its value. */
  static byte[] name(String name) {
    return ('"' + name + "\":").getBytes(US_ASCII);
  }

  /** The whole number after a name, or -1. */
  static long number(byte[] bytes, int from, int to, byte[] name) {
    int at = after(bytes, from, to, name);
    return at < 0 ? -1 : digits(bytes, at, to);
  }

  static long digits(byte[] bytes, int from, int to) {
    long number = 0;
    for (int i = from; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      number = number * 10 + bytes[i] - '0';
    }
    return number;
  }

  /** Where the value after a name begins, or -1. */
  static int after(byte[] bytes, int from, int to, byte[] name) {
    int last = to - name.length;
    outer:
    for (int at = from; at <= last; at++) {
      for (int i = 0; i < name.length; i++) {
        if (bytes[at + i] != name[i]) {
          continue outer;
        }
      }
      return at + name.length;
    }
    return -1;
  }

  /** Whether the message is of this type. */
  static boolean isType(byte[] bytes, int from, int to, byte[] typeWithQuotes) {
    int at = after(bytes, from, Math.min(to, from + 40), typeWithQuotes);
    return at >= 0;
  }
}
