package dev.trackside.phone;

/**
 * Something that is no position.
 *
 * @param words why, a sentence for the runner
 */
record Junk(Kind kind, String words) {
  /** What it was in, and what was wrong with it. */
  record Kind(PhoneProtocol protocol, Reason reason) {}
}
