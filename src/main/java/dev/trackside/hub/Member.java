package dev.trackside.hub;

import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One subscriber's place in a channel. Owned by a lane. */
final class Member {
  final Outlet outlet;

  /** Positions that the subscriber does not want, each asked for once; null, usually, for none. */
  private final @Nullable Predicate<Position> hides;

  /** What another feed brings this subscriber; null, the usual case, for nothing. */
  @Nullable Predicate<Delivery> leaves;

  /** The index in the channel; −1 for a member that is not live. */
  int index = -1;

  /** Told when other positions of a runner are shown from now on. */
  Consumer<Runner> shownAnew = _ -> {};

  /** Whether this subscription counts as watching. */
  boolean counted;

  Member(Outlet outlet, @Nullable Predicate<Position> hides) {
    this.outlet = outlet;
    this.hides = hides;
  }

  /** A member without a place of its own, for a part of what this one gets. */
  Member part() {
    return new Member(outlet, hides);
  }

  boolean sees(Delivery delivery) {
    return !leaves(delivery) && !hides(delivery.position());
  }

  /** Whether the subscriber does not want this; to be asked once for each position. */
  boolean hides(Position position) {
    return hides != null && hides.test(position);
  }

  /** Whether another feed brings this. */
  boolean leaves(Delivery delivery) {
    return leaves != null && leaves.test(delivery);
  }

  boolean seesAll() {
    return hides == null && leaves == null;
  }

  boolean isLive() {
    return index >= 0;
  }
}
