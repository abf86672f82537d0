package dev.trackside.loadtest.race;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The positions in a compact frame, as documented in docs/protocol.md. */
final class CompactMessages extends ServerMessages {
  private static final int VERSION = 1;
  private static final int TEXT_ID = 1;
  private static final int ALT = 2;

  /** acc, speed, heading, battery, hr and queue: one number each. */
  private static final int MEASURES = 4 + 8 + 16 + 32 + 64 + 128;

  private static final int SKIPPED = 512;
  private static final int FURTHER = 1024;

  private long lastId;
  private long lastSeq;
  private long lastMomentMs;

  /**
   * @throws IllegalArgumentException when the frame has another version
   */
  CompactMessages(ByteBuffer frame) {
    super(
        frame.array(), frame.arrayOffset() + frame.position(), frame.arrayOffset() + frame.limit());
    if (number7() != VERSION) {
      throw new IllegalArgumentException("a binary frame of the server does not begin with 1");
    }
    int prefix = (int) number7();
    at += prefix;
  }

  @Override
  boolean next() {
    if (at >= end) {
      return false;
    }
    clear();
    try {
      read();
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a compact frame of the server is truncated", e);
    }
    if (at > end) {
      throw new IllegalArgumentException("a compact frame of the server is truncated");
    }
    return true;
  }

  private void read() {
    type = Type.POSITION;
    int flags = (int) number7();
    if ((flags & TEXT_ID) == 0) {
      lastId += difference();
      runner = lastId;
    } else {
      int length = (int) number7();
      runner = trailingNumber(at, at + length);
      at += length;
    }
    lastSeq += number7();
    seq = lastSeq;
    lastMomentMs += difference();
    momentMs = lastMomentMs;
    number7();
    number7();
    int others = Integer.bitCount(flags & (ALT | MEASURES));
    for (int i = 0; i < others; i++) {
      number7();
    }
    if ((flags & SKIPPED) != 0) {
      skipped = number7();
      number7();
    }
    if ((flags & FURTHER) != 0) {
      further((int) number7());
    }
  }

  private void further(int length) {
    byte[] object = Arrays.copyOfRange(bytes, at - 1, at + length + 1);
    object[0] = '{';
    object[length + 1] = '}';
    at += length;
    var further = new JsonMessages(ByteBuffer.wrap(object));
    if (further.next()) {
      number = further.number();
      dueMicros = further.dueMicros();
    }
  }

  /** Seven bits in each byte, the lowest bits first. */
  private long number7() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0 || shift > 56) {
        return value;
      }
    }
  }

  private long difference() {
    long zigzag = number7();
    return zigzag >>> 1 ^ -(zigzag & 1);
  }
}
