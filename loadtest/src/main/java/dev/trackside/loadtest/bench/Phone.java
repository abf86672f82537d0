package dev.trackside.loadtest.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * A runner's phone, which keeps each position until the server acknowledges it, and sends it again
 * after reconnecting. For the loop's thread.
 */
final class Phone extends Client {
  private static final byte[] ACK = JsonFields.name("ref");
  private static final int MOST_KEPT = 10_000;
  private static final double STEP_DEGREES = 0.00003;

  private final String id;
  private final Crowd crowd;
  private final Deque<Fix> kept = new ArrayDeque<>();
  private long newest;

  private record Fix(long number, String text) {}

  Phone(String id, Crowd crowd) {
    this.id = id;
    this.crowd = crowd;
  }

  @Override
  String registration() {
    return "{\"id\":\"" + id + "\",\"echo\":false,\"events\":true}";
  }

  /** The number of the newest position. */
  long newest() {
    return newest;
  }

  /** How many positions are not acknowledged. */
  int waiting() {
    return kept.size();
  }

  /** Makes the next position, and sends it if there is a connection. */
  void report(long dueMicros) {
    newest++;
    String text =
        String.format(
            Locale.ROOT,
            "{\"lat\":%.6f,\"lon\":13.404954,\"t\":%d,\"speed\":3.25,\"ref\":%d,\"n\":%d,\"stamp\":%d}",
            52.52 + newest % 10_000 * STEP_DEGREES,
            dueMicros / 1_000,
            newest,
            newest,
            dueMicros);
    if (kept.size() == MOST_KEPT) {
      throw new IllegalStateException(id + " waits for " + MOST_KEPT + " acknowledgements");
    }
    kept.add(new Fix(newest, text));
    if (isOpen()) {
      send(Frames.text(text));
    }
  }

  @Override
  void opened() {
    for (var fix : kept) {
      send(Frames.text(fix.text));
    }
  }

  @Override
  void message(byte[] bytes, int from, int to) {
    long number = JsonFields.number(bytes, from, to, ACK);
    kept.removeIf(fix -> fix.number == number);
  }

  @Override
  void ended() {
    crowd.phoneLost(this);
  }
}
