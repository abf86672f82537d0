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
    int end = Math.min(most, value.length());
    boolean splits = end < value.length() && Character.isLowSurrogate(value.charAt(end));
    return Printable.shown(value.substring(0, splits && end > 0 ? end - 1 : end));
  }
}
