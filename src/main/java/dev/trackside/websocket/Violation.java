package dev.trackside.websocket;

/** A client broke a rule: the connection is closed with {@link #code} and the message. */
final class Violation extends Exception {
  private static final long serialVersionUID = 1;

  final int code;

  Violation(int code, String rule) {
    super(rule, null, false, false);
    this.code = code;
  }
}
