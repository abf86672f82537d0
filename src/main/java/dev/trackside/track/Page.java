package dev.trackside.track;

import java.util.List;

/** One answer of a log that is read from a number on. */
public sealed interface Page {
  /** What follows, in {@code seq} order; empty at the end of the log. */
  record Next(List<Position> positions) implements Page {}

  /** The number is not of this log: above the newest, or older than what is kept. */
  record Gone() implements Page {}
}
