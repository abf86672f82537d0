package dev.trackside.track;

/** The outcome for one fix. */
public sealed interface Verdict {
  /** It is the runner's newest position. */
  record Accepted(long seq) implements Verdict {}

  /** It is stored, before the runner's newest position. */
  record Late(long seq) implements Verdict {}

  /** It is stored already, under this number. */
  record Duplicate(long seq) implements Verdict {}

  /** It was not stored, because too many unclaimed runners have positions already. */
  record NoRoom(String why) implements Verdict {}

  /** It was not stored. */
  record Refused(String why) implements Verdict {}
}
