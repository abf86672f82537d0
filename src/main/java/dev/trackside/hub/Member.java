package dev.trackside.hub;

import dev.trackside.track.Position;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One subscriber's place in a channel. Owned by a lane. */
final class Member {
  final Outlet outlet;

  /** Which positions are not sent from here; null for none, the usual case. */
  @Nullable Predicate<Position> hides;

  /** Where the channel has it, or −1. */
  int index = -1;

  Member(Outlet outlet) {
    this.outlet = outlet;
  }

  boolean sees(Position position) {
    return hides == null || !hides.test(position);
  }

  boolean isLive() {
    return index >= 0;
  }
}
