package dev.trackside.hub;

/** Where following begins: before the live positions come those of the past. */
public sealed interface Start {
  /** With the newest positions of each runner. */
  record Trail(int each) implements Start {}

  /**
   * With everything after a number; when the log does not reach back so far, with a reset and the
   * trail.
   */
  record After(long seq, int trail) implements Start {}
}
