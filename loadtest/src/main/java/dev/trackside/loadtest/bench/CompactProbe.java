package dev.trackside.loadtest.bench;

/** Finds the times in a compact frame, as documented in docs/protocol.md. For one thread. */
final class CompactProbe {
  private static final int TEXT_ID = 1;
  private static final int NUMBERS = 2 + 4 + 8 + 16 + 32 + 64 + 128;
  private static final int SKIPPED = 512;
  private static final int FURTHER = 1024;

  private byte[] bytes = {};
  private int at;

  void find(byte[] frame, int from, int to, Arrivals arrivals) {
    bytes = frame;
    at = from + 1;
    pass((int) varint());
    long momentMs = 0;
    while (at < to) {
      int flags = (int) varint();
      if ((flags & TEXT_ID) == 0) {
        varint();
      } else {
        pass((int) varint());
      }
      varint();
      long zigzag = varint();
      momentMs += zigzag >>> 1 ^ -(zigzag & 1);
      int others = 2 + Integer.bitCount(flags & NUMBERS);
      for (int i = 0; i < others; i++) {
        varint();
      }
      if ((flags & SKIPPED) != 0) {
        arrivals.skipped(varint());
        varint();
      }
      if ((flags & FURTHER) != 0) {
        pass((int) varint());
      }
      arrivals.arrived(momentMs * 1_000);
    }
  }

  private void pass(int length) {
    at += length;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0 || shift > 56) {
        return value;
      }
    }
  }
}
