package dev.trackside.loadtest.wire;

/**
 * How a connection ended.
 *
 * @param code the code of the Close frame, or the HTTP status of a refused handshake, or 0
 */
public record Ending(Kind kind, int code, String words) {
  public enum Kind {
    /** It never opened. */
    REFUSED,
    /** A Close frame came, from either side. */
    CLOSED,
    /** It broke without a Close frame. */
    BROKEN
  }
}
