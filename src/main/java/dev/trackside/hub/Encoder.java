package dev.trackside.hub;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The wire format of one kind of subscriber. Stateless, and shared by all threads. */
public interface Encoder {
  /**
   * Encodes deliveries from index {@code from} on, as many as fit; one always fits.
   *
   * @return the index of the first that was left over
   */
  int put(List<Delivery> deliveries, int from, ByteBuffer target);

  /** The encoder for what goes to one subscriber alone, where shared effort does not pay off. */
  default Encoder alone() {
    return this;
  }

  /**
   * What a subscriber without a position yet needs to resume: it has everything up to this number.
   */
  default Optional<byte[]> mark(long seq) {
    return Optional.empty();
  }

  byte[] encode(Notice notice);
}
