package dev.trackside.loadtest.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Numbers and names in JSON that is known to be well formed, without parsing it. */
final class Fields {
  private Fields() {}

  /** A name as it stands in front of its value. */
  static byte[] name(String name) {
    return ('"' + name + "\":").getBytes(US_ASCII);
  }

  /** The whole number behind a name, or -1 when the name is not there. */
  static long number(byte[] bytes, int from, int to, byte[] name) {
    int at = behind(bytes, from, to, name);
    return at < 0 ? -1 : digits(bytes, at, to);
  }

  static long digits(byte[] bytes, int from, int to) {
    long number = 0;
    for (int i = from; i < to && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      number = number * 10 + bytes[i] - '0';
    }
    return number;
  }

  /** Where the value behind a name begins, or -1. */
  static int behind(byte[] bytes, int from, int to, byte[] name) {
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
    int at = behind(bytes, from, Math.min(to, from + 40), typeWithQuotes);
    return at >= 0;
  }
}
