package dev.trackside.loadtest.report;

import java.util.Locale;

/** Escapes text for HTML and SVG. */
final class Markup {
  private Markup() {}

  /** A text as the content of an element or a quoted attribute. */
  static String text(String raw) {
    var safe = new StringBuilder(raw.length() + 16);
    raw.codePoints().forEach(point -> append(safe, point));
    return safe.toString();
  }

  private static void append(StringBuilder safe, int point) {
    switch (point) {
      case '<' -> safe.append("&lt;");
      case '>' -> safe.append("&gt;");
      case '&' -> safe.append("&amp;");
      case '"' -> safe.append("&quot;");
      case '\'' -> safe.append("&#39;");
      case '\n', '\t' -> safe.append(' ');
      default -> safe.appendCodePoint(isCharacter(point) ? point : 0xFFFD);
    }
  }

  /** Whether XML allows a code point. */
  private static boolean isCharacter(int point) {
    return point >= 0x20
        && point != 0xFFFE
        && point != 0xFFFF
        && (point < 0xD800 || point > 0xDFFF);
  }

  /** A coordinate with at most one decimal. */
  static String length(double value) {
    String digits = String.format(Locale.ROOT, "%.1f", value);
    return digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
  }
}
