package dev.trackside.hub;

import dev.trackside.track.Position;

/**
 * A position on its way to subscribers, and what was left out before it.
 *
 * @param skipped how many positions of the runner between {@code since} and this one were left out
 * @param since the number of the runner's last delivered position, or 0
 */
public record Delivery(Position position, long skipped, long since) {
  /** A delivery with nothing left out before it. */
  static Delivery of(Position position) {
    return new Delivery(position, 0, position.previousSeq());
  }

  /** Merges this delivery into the next one of the runner, which counts it as skipped. */
  Delivery then(Delivery newer) {
    return new Delivery(newer.position, skipped + 1 + newer.skipped, since);
  }
}
