package dev.trackside.hub;

import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.List;

/** A subscriber on its way from the past of a feed to the present. Owned by a lane. */
interface Joining {
  /**
   * Positions from this number on arrived after the subscriber joined, and are not of the past.
   *
   * @param before how many positions had arrived before this one
   */
  void liveFrom(long seq, long before);

  /** Passes on a notice. */
  void tell(byte[] bytes, Notice notice);

  /** Passes on that other positions of a runner are shown from now on. */
  void shownAnew(Runner runner);

  /** The log holds more than the channel keeps: reads on. */
  void readOn();

  /** Waits for {@link #meet}. */
  void rest();

  /** Asks for {@link Channel#meet} again. */
  void meet();

  /** Takes all that is missing up to the last write. */
  void catchUp(List<Position> missing);
}
