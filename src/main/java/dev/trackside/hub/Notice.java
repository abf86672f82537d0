package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;

/** What subscribers are told beside positions. */
public sealed interface Notice {
  /** Drop what you have of this feed. */
  record Reset(Feed feed) implements Notice {}

  /** The runner is gone with every position. */
  record Erased(Runner runner) implements Notice {}

  /** How a runner is. */
  record RunnerStatus(Runner runner, Status status) implements Notice {}

  /** Whether a slow subscriber hears of it again once they have caught up: it may be left out. */
  default boolean isRetold() {
    return switch (this) {
      case Reset _, Erased _ -> false;
      case RunnerStatus _ -> true;
    };
  }
}
