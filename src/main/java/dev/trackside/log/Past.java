package dev.trackside.log;

import dev.trackside.track.Feed;
import dev.trackside.track.Page;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What is stored and the newest positions in memory, read as one. May wait. Safe for use by many
 * threads.
 */
public interface Past {
  /** {@link TrackReader#latest}. */
  List<Position> latest(Feed feed, int each);

  /** {@link TrackReader#startOfLatest}. */
  Optional<Position> startOfLatest(Runner runner, int each, long untilSeq);

  /** {@link TrackReader#newest}. */
  List<Position> newest(Collection<Runner> runners);

  /** {@link TrackReader#after}. */
  Page after(Feed feed, long seq, int limit);

  /** {@link TrackReader#between}. */
  List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit);
}
