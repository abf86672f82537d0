package dev.trackside.hub;

import dev.trackside.track.Position;

/**
 * A position on its way to subscribers, and what was left out before it.
 *
 * @param skipped how many positions of the runner between {@code since} and this one were left out
 * @param since the number of the runner's position that was delivered last, or 0
 */
public record Delivery(Position position, long skipped, long since) {
  /** A position before which nothing was left out. */
  static Delivery of(Position position) {
    return new Delivery(position, 0, position.previousSeq());
  }

  /** This one and the newer one as one: the newer one, and one more left out. */
  Delivery then(Delivery newer) {
    return new Delivery(newer.position, skipped + 1 + newer.skipped, since);
  }
}
