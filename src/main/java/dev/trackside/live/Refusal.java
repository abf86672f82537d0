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
    TOO_MANY_FEEDS
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
