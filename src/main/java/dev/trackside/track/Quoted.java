package dev.trackside.track;

/** Makes a received value fit for an error sentence: short, quoted and printable. */
public final class Quoted {
  private static final int SHOWN = 80;

  private Quoted() {}

  public static String of(String value) {
    int length = value.codePointCount(0, value.length());
    int end = value.offsetByCodePoints(0, Math.min(SHOWN, length));
    return '"' + plain(value, end) + (length > SHOWN ? "…\"" : "\"");
  }

  /** At most {@code most} characters of a value, printable but without quotes. */
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
