package dev.trackside.hub;

import java.util.Optional;

/** What else the subscriber follows, as far as it concerns this feed. Called in the lane. */
interface Neighbours {
  /** Whether the feeds that go first have begun; if not, runs {@code again} once they have. */
  default boolean haveBegun(Runnable again) {
    return true;
  }

  /** Makes the race's feed leave the runner to this one, if it has begun. */
  default Optional<Brought> takeOver() {
    return Optional.empty();
  }

  /** It is decided from where on this feed brings everything. */
  default void begun() {}

  /** Makes the subscriber drop what it has of this feed. */
  default void drops() {}

  /** The subscriber has everything up to the channel's last write. */
  void caughtUp();
}
