package dev.trackside.history;

import dev.trackside.track.Position;
import dev.trackside.track.Runner;

/** What the writer is given to write, in order. */
sealed interface Entry {
  record Arrived(Position position) implements Entry {}

  record Erased(Runner runner) implements Entry {}
}
