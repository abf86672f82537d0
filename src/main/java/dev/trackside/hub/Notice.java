package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;

/** A message to subscribers that is not a position. */
public sealed interface Notice {
  /** The subscriber must drop what it has of this feed. */
  record Reset(Feed feed) implements Notice {}

  /** The runner was erased with every position. */
  record Erased(Runner runner) implements Notice {}

  /** The runner's present status. */
  record RunnerStatus(Runner runner, Status status) implements Notice {}
}
