package dev.trackside.track;

import java.util.List;

/** The answer to a read from a number on. */
public sealed interface Page {
  /** The next positions, in {@code seq} order; empty at the end of the log. */
  record Next(List<Position> positions) implements Page {}

  /** The number is above the newest one, or older than what the log keeps. */
  record Gone() implements Page {}
}
