package dev.trackside.track;

/** What a log says to one fix. */
public sealed interface Verdict {
  /** It is the runner's newest position. */
  record Accepted(long seq) implements Verdict {}

  /** It is stored in its place before the runner's newest position. */
  record Late(long seq) implements Verdict {}

  /** It was there already, under this number. */
  record Duplicate(long seq) implements Verdict {}

  /** It was not stored, for too many runners whom nobody has claimed are there already. */
  record NoRoom(String why) implements Verdict {}

  /** It was not stored. */
  record Refused(String why) implements Verdict {}
}
