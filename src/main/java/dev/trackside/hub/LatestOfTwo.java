package dev.trackside.hub;

import static java.util.Objects.requireNonNull;

import dev.trackside.track.Feed;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.TrackReader;
import java.util.List;

/**
 * Reads the newest positions of a runner, and those that the view of their race shows, as far back.
 * For one read.
 */
final class LatestOfTwo implements LogReads.Reading {
  private final TrackReader log;
  private final Feed feed;
  private final int each;
  private final Brought race;
  private List<Position> shown = List.of();

  /**
   * @param race what was brought, with another view
   */
  LatestOfTwo(TrackReader log, Feed feed, int each, Brought race) {
    this.log = log;
    this.feed = feed;
    this.each = each;
    this.race = race;
  }

  @Override
  public Page read() {
    TrackReader other = requireNonNull(race.otherView());
    List<Position> newest = log.latest(feed, each);
    for (int asked = each; ; asked = Math.min(4 * asked, TrackReader.MOST)) {
      shown = other.latest(feed, asked);
      boolean all = shown.size() < asked || asked == TrackReader.MOST;
      if (all || newest.isEmpty() || shown.getFirst().seq() <= newest.getFirst().seq()) {
        return new Page.Next(newest);
      }
    }
  }

  @Override
  public boolean isLong() {
    return LogReads.Latest.isLong(feed, each);
  }

  Brought race() {
    return race;
  }

  /** The newest positions of the other view, once this was read. */
  List<Position> shown() {
    return shown;
  }
}
