package dev.trackside.loadtest.race;

import dev.trackside.loadtest.result.Second;

/** Who is told how a race goes. */
public interface Progress {
  /**
   * A second has passed.
   *
   * @param ofSeconds how many it will be
   * @param trouble how many kinds of trouble there have been
   */
  void passed(Second second, int ofSeconds, int trouble);
}
