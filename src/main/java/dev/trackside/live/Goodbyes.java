package dev.trackside.live;

import dev.trackside.access.Right;

/** The closing codes for clients that lack a right or ask for too much. */
final class Goodbyes {
  private static final int KEY = 4401;
  private static final int LINK_ENDED = 4403;

  /** Too many connections, or too many wrong keys. */
  static final int TOO_MANY = 4429;

  private Goodbyes() {}

  /** The code to close a WebSocket or an event stream with. */
  static int code(Right right) {
    return right == Right.LINK_ENDED ? LINK_ENDED : KEY;
  }

  static String words(Right right) {
    return switch (right) {
      case KEY_MISSING -> "this id needs a key";
      case LINK_ENDED -> "this link has ended";
      case KEY_WRONG, GRANTED -> "this key is not, or no longer, one for this id";
    };
  }
}
