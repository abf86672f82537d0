package dev.trackside.track;

/** As much of a log as somebody may see. Safe for use by many threads. */
public interface View extends TrackReader {
  /** Whether it tells of a runner at all, now. */
  boolean shows(Runner runner);
}
