package dev.trackside.loadtest.wire;

import java.nio.ByteBuffer;

/** Who hears what happens on a {@link Line}: one call after the other, none of which may wait. */
public interface Ear {
  void opened(Line line);

  /** A whole text message; the buffer has an array, and belongs to the line again afterwards. */
  void text(ByteBuffer utf8);

  /** A whole binary message; the buffer has an array, and belongs to the line again afterwards. */
  void binary(ByteBuffer bytes);

  /** The last call, in any case the only one when the line was never open. */
  void ended(Ending ending);
}
