package dev.trackside.hub;

import dev.trackside.track.Position;
import dev.trackside.track.TrackReader;
import java.util.List;

/** Where the live part of a feed begins, once the channel has told. Owned by a lane. */
final class LiveStart {
  private final Channel channel;
  private long seq = Long.MAX_VALUE;
  private long arrivedBefore = Long.MAX_VALUE;

  LiveStart(Channel channel) {
    this.channel = channel;
  }

  /**
   * @param arrived how many positions had arrived at the channel before
   */
  void is(long seq, long arrived) {
    this.seq = seq;
    arrivedBefore = arrived;
  }

  boolean isKnown() {
    return seq < Long.MAX_VALUE;
  }

  /** The number of the first live position; greater than all others if none is. */
  long seq() {
    return seq;
  }

  /** How many positions of each runner to read for a trail, beside what is live by now. */
  int needed(int each) {
    long live = Math.max(0, channel.arrivedCount() - arrivedBefore);
    return (int) Math.min(Math.max(1, each) + live, TrackReader.MOST);
  }

  /** Whether too much of what was read for a trail is live by now. */
  boolean leavesTooFew(List<Position> newest, int asked, int each) {
    return asked < needed(each) && !newest.isEmpty() && newest.getLast().seq() >= seq;
  }
}
