package dev.trackside.loadtest.wire;

/**
 * How a connection ended.
 *
 * @param code of the Close frame, or the HTTP status of a handshake that was refused; 0 without
 */
public record Ending(Kind kind, int code, String words) {
  /** Who ended it, and how. */
  public enum Kind {
    /** It never was open. */
    REFUSED,
    /** With a Close frame, from either side. */
    CLOSED,
    /** Without a word. */
    BROKEN
  }
}
