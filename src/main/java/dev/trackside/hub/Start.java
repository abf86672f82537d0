package dev.trackside.hub;

/** Where following begins: the past positions that come before the live ones. */
public sealed interface Start {
  /** How many of each runner's newest positions the trail has. */
  int each();

  /** With the trail. */
  record Recent(int each) implements Start {}

  /**
   * With everything after a number; when the log does not reach back to it, with a reset and the
   * trail.
   */
  record After(long seq, int each) implements Start {}
}
