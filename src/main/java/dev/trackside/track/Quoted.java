package dev.trackside.track;

/** A value that somebody sent, made fit for an error sentence: short, quoted, printable. */
final class Quoted {
  private static final int SHOWN = 80;

  private Quoted() {}

  static String of(String value) {
    var shown = new StringBuilder("\"");
    value
        .codePoints()
        .limit(SHOWN)
        .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return shown.append(value.length() > SHOWN ? "…\"" : "\"").toString();
  }
}
