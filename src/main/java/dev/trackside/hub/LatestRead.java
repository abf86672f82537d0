package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.TrackReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest positions of each runner in a feed, as they were read.
 *
 * @param asked how many of each
 * @param reset whether the subscriber drops what it has
 * @param race what the race's feed has brought, with another view
 * @param shown the newest positions of that view, as far back as the others go
 */
record LatestRead(
    List<Position> newest, int asked, boolean reset, @Nullable Brought race, List<Position> shown) {
  LatestRead(List<Position> newest, int asked, boolean reset) {
    this(newest, asked, reset, null, List.of());
  }

  /** Reads what another view shows, and at least so many; on a thread that may block. */
  LatestRead with(Brought race, TrackReader view, Feed feed, int least) {
    for (int each = least; ; each = Math.min(4 * each, TrackReader.MOST)) {
      List<Position> latest = view.latest(feed, each);
      boolean all = latest.size() < each || each == TrackReader.MOST;
      if (all || newest.isEmpty() || latest.getFirst().seq() <= newest.getFirst().seq()) {
        return new LatestRead(newest, asked, false, race, latest);
      }
    }
  }
}
