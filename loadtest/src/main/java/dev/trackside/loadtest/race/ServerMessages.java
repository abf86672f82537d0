package dev.trackside.loadtest.race;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads the messages in a frame from the server one by one, straight from its bytes, and only the
 * members that matter here. For one thread.
 */
abstract sealed class ServerMessages permits JsonMessages, CompactMessages {
  /** The value of a missing member. */
  static final long NONE = Long.MIN_VALUE;

  private static final long MOST_RUNNERS = 1_000_000_000;

  enum Type {
    POSITION,
    ACK,
    ERROR,
    RESET,
    OTHER
  }

  /** The frame, which is read from {@code at} on. */
  final byte[] bytes;

  final int end;
  int at;

  Type type = Type.OTHER;
  long seq;
  long number;
  long dueMicros;
  long momentMs;
  long skipped;
  long ref;
  long runner;
  int verdict;
  int wordsFrom;
  int wordsTo;

  ServerMessages(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /**
   * Reads the next message; returns false at the end.
   *
   * @throws IllegalArgumentException when the frame is not valid
   */
  abstract boolean next();

  final void clear() {
    type = Type.OTHER;
    seq = number = dueMicros = momentMs = ref = runner = NONE;
    skipped = 0;
    verdict = 0;
    wordsFrom = wordsTo = at;
  }

  final long trailingNumber(int from, int to) {
    long value = 0;
    long scale = 1;
    int i = to - 1;
    for (; i >= from && bytes[i] >= '0' && bytes[i] <= '9' && scale < MOST_RUNNERS; i--) {
      value += (bytes[i] - '0') * scale;
      scale *= 10;
    }
    return i == to - 1 ? NONE : value;
  }

  final Type type() {
    return type;
  }

  final long seq() {
    return seq;
  }

  /** The number that our runners give each position, or {@link #NONE}. */
  final long number() {
    return number;
  }

  /** When the position was due, as our runners say, or {@link #NONE}. */
  final long dueMicros() {
    return dueMicros;
  }

  final long momentMs() {
    return momentMs;
  }

  final long skipped() {
    return skipped;
  }

  final long ref() {
    return ref;
  }

  /** The number at the end of the id, or {@link #NONE}. */
  final long runner() {
    return runner;
  }

  /** The first letter of an ack's verdict. */
  final char verdict() {
    return (char) verdict;
  }

  final String words() {
    return new String(bytes, wordsFrom, wordsTo - wordsFrom, UTF_8);
  }
}
