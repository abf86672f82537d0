package dev.trackside.live;

import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import java.util.ArrayDeque;
import java.util.function.Predicate;

/**
 * Recognizes the positions that a client has sent and does not want back. It remembers {@value
 * #REMEMBERED} under way; the oldest beyond that is forgotten, and comes back. Safe for use by many
 * threads.
 */
final class Echo implements Predicate<Position> {
  private static final int REMEMBERED = 1_024;

  private final ArrayDeque<Fix> sent = new ArrayDeque<>();

  synchronized void sends(Fix fix) {
    if (sent.size() == REMEMBERED) {
      sent.remove();
    }
    sent.add(fix);
  }

  @Override
  public synchronized boolean test(Position position) {
    return sent.removeFirstOccurrence(position.fix());
  }
}
