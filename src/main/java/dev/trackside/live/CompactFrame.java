package dev.trackside.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.hub.Delivery;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.websocket.Frames;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Encodes positions into one binary frame, each but the first as differences from the one before;
 * {@code docs/protocol.md} has the layout. Leaving out positions never makes a frame longer. Used
 * once.
 */
final class CompactFrame {
  static final int VERSION = 1;

  static final int TEXT_ID = 1;
  static final int ALT = 1 << 1;
  static final int ACC = 1 << 2;
  static final int SPEED = 1 << 3;
  static final int HEADING = 1 << 4;
  static final int BATTERY = 1 << 5;
  static final int HR = 1 << 6;
  static final int QUEUE = 1 << 7;
  static final int LATE = 1 << 8;
  static final int SKIPPED = 1 << 9;
  static final int EXTRAS = 1 << 10;

  /** The most bytes that the numbers of one position take together. */
  private static final int NUMBERS_BYTES = 96;

  private final ByteBuffer target;
  private final String prefix;
  private long seq;
  private long tMs;
  private long lat;
  private long lon;
  private long alt;
  private long bib;

  private CompactFrame(ByteBuffer target, String prefix) {
    this.target = target;
    this.prefix = prefix;
  }

  /** Encodes deliveries, as {@link dev.trackside.hub.Encoder#put} says. */
  static int put(List<Delivery> deliveries, int from, ByteBuffer target) {
    if (from >= deliveries.size()) {
      return from;
    }
    int start = target.position();
    int payload = start + Frames.headerLength(target.remaining());
    var frame = new CompactFrame(target.position(payload), prefix(deliveries, from));
    target.put((byte) VERSION);
    frame.text(frame.prefix, 0);
    int to = from;
    do {
      frame.put(deliveries.get(to));
      to++;
    } while (to < deliveries.size() && target.remaining() >= most(deliveries.get(to)));
    int length = target.position() - payload;
    Frames.putBinary(target.position(start), payload, length);
    return to;
  }

  /** The race of all deliveries with its slash, or the empty string. */
  private static String prefix(List<Delivery> deliveries, int from) {
    String first = idOf(deliveries.get(from));
    String prefix = first.substring(0, first.indexOf('/') + 1);
    for (int i = from + 1; i < deliveries.size() && !prefix.isEmpty(); i++) {
      if (!idOf(deliveries.get(i)).startsWith(prefix)) {
        return "";
      }
    }
    return prefix;
  }

  private static String idOf(Delivery delivery) {
    return delivery.position().runner().id();
  }

  private static int most(Delivery delivery) {
    return NUMBERS_BYTES
        + idOf(delivery).length()
        + 3 * delivery.position().fix().extras().length();
  }

  private void put(Delivery delivery) {
    Position position = delivery.position();
    Fix fix = position.fix();
    String id = position.runner().id();
    int number = bib(id, prefix.length());
    number(flags(delivery, number));
    if (number < 0) {
      text(id, prefix.length());
    } else {
      bib = difference(number, bib);
    }
    number(position.seq() - seq);
    seq = position.seq();
    tMs = difference(position.tMs(), tMs);
    lat = difference(Math.round(fix.latDeg() * 1e7), lat);
    lon = difference(Math.round(fix.lonDeg() * 1e7), lon);
    if (isKnown(fix.altM())) {
      alt = difference(Math.round(fix.altM() * 10), alt);
    }
    ifKnown(fix.accuracyM(), 10);
    ifKnown(fix.speedMps(), 100);
    ifKnown(fix.headingDeg(), 10);
    ifKnown(fix.batteryPercent(), 1);
    ifKnown(fix.heartRateBpm(), 1);
    ifKnown(fix.queue(), 1);
    if (delivery.skipped() > 0) {
      number(delivery.skipped());
      number(seq - delivery.since());
    }
    if (!fix.extras().isEmpty()) {
      text(fix.extras(), 0);
    }
  }

  private static int flags(Delivery delivery, int bib) {
    Fix fix = delivery.position().fix();
    return (bib < 0 ? TEXT_ID : 0)
        | (isKnown(fix.altM()) ? ALT : 0)
        | (isKnown(fix.accuracyM()) ? ACC : 0)
        | (isKnown(fix.speedMps()) ? SPEED : 0)
        | (isKnown(fix.headingDeg()) ? HEADING : 0)
        | (isKnown(fix.batteryPercent()) ? BATTERY : 0)
        | (isKnown(fix.heartRateBpm()) ? HR : 0)
        | (isKnown(fix.queue()) ? QUEUE : 0)
        | (delivery.position().late() ? LATE : 0)
        | (delivery.skipped() > 0 ? SKIPPED : 0)
        | (fix.extras().isEmpty() ? 0 : EXTRAS);
  }

  private static boolean isKnown(double value) {
    return !Double.isNaN(value);
  }

  private void ifKnown(double value, int parts) {
    if (isKnown(value)) {
      number(Math.round(value * parts));
    }
  }

  /** The rest of an id as a number below 2^31; −1 if it is not one in its usual form. */
  private static int bib(String id, int from) {
    int digits = id.length() - from;
    if (digits < 1 || digits > 10 || (digits > 1 && id.charAt(from) == '0')) {
      return -1;
    }
    long number = 0;
    for (int i = from; i < id.length(); i++) {
      int digit = id.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number <= Integer.MAX_VALUE ? (int) number : -1;
  }

  private void number(long value) {
    long rest = value;
    for (; (rest & ~0x7F) != 0; rest >>>= 7) {
      target.put((byte) (rest | 0x80));
    }
    target.put((byte) rest);
  }

  /** Writes {@code now} as a difference from {@code before}, and returns it. */
  private long difference(long now, long before) {
    long more = now - before;
    number((more << 1) ^ (more >> 63));
    return now;
  }

  private void text(String text, int from) {
    int length = text.length() - from;
    int start = target.position();
    number(length);
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0x7F) {
        byte[] bytes = text.substring(from).getBytes(UTF_8);
        target.position(start);
        number(bytes.length);
        target.put(bytes);
        return;
      }
      target.put((byte) c);
    }
  }
}
