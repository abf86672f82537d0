package dev.trackside.hub;

import dev.trackside.track.Position;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A viewer's place in an audience. Owned by a lane. */
final class Member {
  final Viewer viewer;

  /** Which positions this viewer is not sent from here; null for none, the usual case. */
  @Nullable Predicate<Position> hides;

  /** Where the audience has it, or −1. */
  int index = -1;

  Member(Viewer viewer) {
    this.viewer = viewer;
  }

  boolean sees(Position position) {
    return hides == null || !hides.test(position);
  }
}
