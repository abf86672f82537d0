package dev.trackside.hub;

/** Something that a lane writes when it is due. Owned by a lane. */
interface Beat {
  /** When the next write may leave, of {@link System#nanoTime}. */
  long dueNanos();

  /** How many writes it takes. */
  int writes();

  void flush();
}
