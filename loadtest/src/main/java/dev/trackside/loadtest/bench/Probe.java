package dev.trackside.loadtest.bench;

/**
 * Finds the times in messages, a member whose value always has the same number of digits, and how
 * many positions were left out. It first looks where it found the time in the last message of the
 * same length. For one thread.
 */
final class Probe {
  /** Our own member, in microseconds. */
  static final String STAMP = "\"stamp\":";

  /** The time of the fix, in milliseconds. */
  static final String MOMENT = "\"t\":";

  private static final BytePattern SKIPPED = new BytePattern("\"skipped\":");

  private final BytePattern name;
  private final int digits;
  private final long micros;
  private int lastLength;
  private int lastOffset;

  Probe(String name) {
    this.name = new BytePattern(name);
    boolean ours = name.equals(STAMP);
    this.digits = ours ? 16 : 13;
    this.micros = ours ? 1 : 1_000;
  }

  /** Counts every position in a message. */
  void find(byte[] bytes, int from, int to, Arrivals arrivals) {
    if (to - from == lastLength && name.endsAt(bytes, from + lastOffset)) {
      arrivals.arrived(number(bytes, from + lastOffset) * micros);
      return;
    }
    int found = 0;
    int first = 0;
    for (int at = name.after(bytes, from, to - digits);
        at >= 0;
        at = name.after(bytes, at + digits, to - digits)) {
      arrivals.arrived(number(bytes, at) * micros);
      first = found++ == 0 ? at : first;
    }
    boolean leftOut = false;
    for (int at = SKIPPED.after(bytes, from, to); at >= 0; at = SKIPPED.after(bytes, at, to)) {
      arrivals.skipped(JsonFields.digits(bytes, at, to));
      leftOut = true;
    }
    if (found == 1 && !leftOut) {
      lastLength = to - from;
      lastOffset = first - from;
    }
  }

  private long number(byte[] bytes, int from) {
    return JsonFields.digits(bytes, from, from + digits);
  }
}
