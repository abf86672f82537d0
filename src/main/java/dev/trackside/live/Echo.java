package dev.trackside.live;

import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import java.util.ArrayDeque;
import java.util.function.Predicate;

/**
 * Knows again the positions that a sender sent himself and does not want back. Remembers so many
 * that are under way; beyond them the oldest is forgotten, and comes back. Safe for use by many
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
