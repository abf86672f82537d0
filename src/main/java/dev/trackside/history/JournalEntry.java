package dev.trackside.history;

import dev.trackside.track.Position;
import dev.trackside.track.Runner;

/** What the writer is given to write, in order. */
sealed interface JournalEntry {
  record Arrived(Position position) implements JournalEntry {}

  record Erased(Runner runner) implements JournalEntry {}

  /** From here on positions rely on a registry of this version. */
  record Relies(RegistryVersion registry) implements JournalEntry {}
}
