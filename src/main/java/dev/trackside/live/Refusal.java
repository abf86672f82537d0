package dev.trackside.live;

import dev.trackside.track.Feed;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/** A client's message that cannot be carried out; the words go back to the client. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  /** The codes, which the wire has in lower case. */
  enum Code {
    BAD_JSON,
    BAD_ID,
    BAD_POSITION,
    BAD_COMMAND,
    NOT_ALLOWED,
    TOO_MANY_FEEDS,
    TOO_FAST,
    /** Too many wrong keys came from this address: the connection ends without an error. */
    LOCKED_OUT
  }

  final Code code;

  /** The sender's name for a position that was not taken and may be sent again. */
  final transient @Nullable RawValue ref;

  Refusal(Code code, String words) {
    this(code, words, null);
  }

  private Refusal(Code code, String words, @Nullable RawValue ref) {
    super(words, null, false, false);
    this.code = code;
    this.ref = ref;
  }

  Refusal of(@Nullable RawValue ref) {
    return new Refusal(code, words(), ref);
  }

  /** Reads the name of a feed. */
  static Feed feed(String text) throws Refusal {
    try {
      return Feed.of(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Code.BAD_ID, String.valueOf(e.getMessage()));
    }
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
