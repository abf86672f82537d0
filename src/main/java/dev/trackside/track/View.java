package dev.trackside.track;

/** The part of a log that somebody may see. Safe for use by many threads. */
public interface View extends TrackReader {
  /** Whether it reveals a runner at all, at present. */
  boolean shows(Runner runner);
}
