package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** How a kind of spectators is spoken to. Stateless, shared by all of them and by all threads. */
public interface Dialect {
  /**
   * Puts sightings, from index {@code from} on, as many as there is room for; one always fits.
   *
   * @return the index of the first that was not put
   */
  int put(List<Sighting> sightings, int from, ByteBuffer target);

  /**
   * The same, for what is put for one spectator alone: work that nobody shares is not worth much.
   */
  default Dialect alone() {
    return this;
  }

  /**
   * What a spectator needs to come back with who has been sent no position yet: he has everything
   * up to this number.
   */
  default Optional<byte[]> mark(long seq) {
    return Optional.empty();
  }

  /** Drop what you have of this feed. */
  byte[] reset(Feed feed);

  /** The runner is gone with every position. */
  byte[] erased(Runner runner);

  /** How a runner is. */
  byte[] status(Runner runner, Status status);
}
