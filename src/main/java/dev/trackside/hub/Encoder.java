package dev.trackside.hub;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** How a kind of subscribers is spoken to. Stateless, shared by all of them and by all threads. */
public interface Encoder {
  /**
   * Puts deliveries, from index {@code from} on, as many as there is room for; one always fits.
   *
   * @return the index of the first that was not put
   */
  int put(List<Delivery> deliveries, int from, ByteBuffer target);

  /**
   * The same, for what is put for one subscriber alone: work that nobody shares is not worth much.
   */
  default Encoder alone() {
    return this;
  }

  /**
   * What a subscriber needs to come back with who has been sent no position yet: they have
   * everything up to this number.
   */
  default Optional<byte[]> mark(long seq) {
    return Optional.empty();
  }

  byte[] encode(Notice notice);
}
