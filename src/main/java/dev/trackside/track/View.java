package dev.trackside.track;

import java.util.Set;

/** The part of a log that somebody may see. Safe for use by many threads. */
public interface View extends TrackReader {
  /** Whether it reveals a runner at all, at present. */
  boolean shows(Runner runner);

  /** Who in a race has positions, and is revealed even if none of these is shown. */
  Set<Runner> runners(Feed.Race race);
}
