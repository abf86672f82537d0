package dev.trackside.track;

/** A value that somebody sent, made fit for an error sentence: short, quoted, printable. */
public final class Quoted {
  private static final int SHOWN = 80;

  private Quoted() {}

  public static String of(String value) {
    var shown = new StringBuilder("\"");
    value.codePoints().limit(SHOWN).forEach(c -> shown.appendCodePoint(isPrintable(c) ? c : '?'));
    return shown.append(value.codePointCount(0, value.length()) > SHOWN ? "…\"" : "\"").toString();
  }

  /** The same without quotes: at most so many characters of it. */
  public static String plain(String value, int most) {
    var shown = new StringBuilder();
    for (int i = 0; i < value.length(); ) {
      int c = value.codePointAt(i);
      i += Character.charCount(c);
      if (i > most) {
        break;
      }
      shown.appendCodePoint(isPrintable(c) ? c : '?');
    }
    return shown.toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
