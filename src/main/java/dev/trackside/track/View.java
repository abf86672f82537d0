package dev.trackside.track;

import java.util.Set;

/** The part of a log that somebody may see. Safe for use by many threads. */
public interface View extends TrackReader {
  /** Whether it reveals a runner at all, at present. */
  boolean shows(Runner runner);

  /** Whether it shows a position at present: one that it has shown may be hidden since. */
  boolean shows(Position position);

  /** Who in a race has positions, and is revealed even if none of these is shown. */
  Set<Runner> runners(Feed.Race race);
}
