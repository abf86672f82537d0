package dev.trackside.loadtest.race;

import dev.trackside.loadtest.result.Second;

/** Gets the progress of a race. */
public interface Progress {
  /**
   * Called after each second.
   *
   * @param ofSeconds the length of the race
   * @param trouble how many kinds of problems have occurred
   */
  void passed(Second second, int ofSeconds, int trouble);
}
