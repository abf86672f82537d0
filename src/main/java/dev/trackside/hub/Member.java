package dev.trackside.hub;

import dev.trackside.track.Position;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One subscriber's place in a channel. Owned by a lane. */
final class Member {
  final Outlet outlet;

  /** Positions that the channel does not send this member; null, the usual case, for none. */
  @Nullable Predicate<Position> hides;

  /** The index in the channel; −1 for a member that is not live. */
  int index = -1;

  /** Whether this subscription counts as watching. */
  boolean counted;

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
