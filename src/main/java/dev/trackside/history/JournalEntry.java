package dev.trackside.history;

import dev.trackside.track.Position;
import dev.trackside.track.Runner;

/** Something to be written, in order. */
sealed interface JournalEntry {
  record Arrived(Position position) implements JournalEntry {}

  record Forgotten(Runner runner) implements JournalEntry {}

  /** From here on, positions rely on this version of the registry. */
  record Relies(RegistryVersion registry) implements JournalEntry {}
}
