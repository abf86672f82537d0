package dev.trackside.loadtest.bench;

/**
 * Finds the moments in messages: a member of positions whose value has always as many digits; and
 * how many positions were left out. Where a moment was found in a message of some length, it is
 * looked for first in the next one of that length. For one thread.
 */
final class Marker {
  /** Our own member, in microseconds. */
  static final String STAMP = "\"stamp\":";

  /** The moment of the fix, in milliseconds. */
  static final String MOMENT = "\"t\":";

  private static final Needle SKIPPED = new Needle("\"skipped\":");

  private final Needle name;
  private final int digits;
  private final long micros;
  private int lastLength;
  private int lastOffset;

  Marker(String name) {
    this.name = new Needle(name);
    boolean ours = name.equals(STAMP);
    this.digits = ours ? 16 : 13;
    this.micros = ours ? 1 : 1_000;
  }

  /** Counts each moment of a message. */
  void find(byte[] bytes, int from, int to, Arrivals arrivals) {
    if (to - from == lastLength && name.endsAt(bytes, from + lastOffset)) {
      arrivals.arrived(number(bytes, from + lastOffset) * micros);
      return;
    }
    int found = 0;
    int first = 0;
    for (int at = name.behind(bytes, from, to - digits);
        at >= 0;
        at = name.behind(bytes, at + digits, to - digits)) {
      arrivals.arrived(number(bytes, at) * micros);
      first = found++ == 0 ? at : first;
    }
    boolean leftOut = false;
    for (int at = SKIPPED.behind(bytes, from, to); at >= 0; at = SKIPPED.behind(bytes, at, to)) {
      arrivals.skipped(Fields.digits(bytes, at, to));
      leftOut = true;
    }
    if (found == 1 && !leftOut) {
      lastLength = to - from;
      lastOffset = first - from;
    }
  }

  private long number(byte[] bytes, int from) {
    return Fields.digits(bytes, from, from + digits);
  }
}
