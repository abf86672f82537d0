package dev.trackside.call;

import dev.trackside.access.Right;
import dev.trackside.track.Runner;

/** What somebody is answered who has not the right. */
public final class Rights {
  private Rights() {}

  /** For a call that changes something. */
  public static void check(Right right, Runner runner) {
    switch (right) {
      case GRANTED -> {}
      case KEY_MISSING -> throw Problem.keyMissing(runner);
      case KEY_WRONG, LINK_ENDED -> throw Problem.keyWrong(runner);
    }
  }

  /** For a call that only looks: what one may not see is not there. */
  public static void checkSight(Right right, Runner runner) {
    switch (right) {
      case GRANTED -> {}
      case KEY_MISSING -> throw Problem.unknown(runner);
      case KEY_WRONG -> throw Problem.hidden(runner);
      case LINK_ENDED -> throw Problem.linkEnded();
    }
  }
}
