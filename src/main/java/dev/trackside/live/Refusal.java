package dev.trackside.live;

/** A message of a client that cannot be done; the words go back to him. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  /** The codes of the wire, in lower case. */
  enum Code {
    BAD_JSON,
    BAD_ID,
    BAD_POSITION,
    BAD_COMMAND,
    NOT_ALLOWED,
    TOO_MANY_FEEDS,
    /** Too many wrong keys have come from his address; no error is sent, the connection ends. */
    LOCKED_OUT
  }

  final Code code;

  Refusal(Code code, String words) {
    super(words, null, false, false);
    this.code = code;
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
