package dev.trackside.loadtest.race;

/** Writes numbers. */
final class Numbers {
  private Numbers() {}

  /**
   * A decimal without an exponent.
   *
   * @param scale 10 for one decimal, 100 for two
   */
  static String rounded(double value, double scale) {
    long units = Math.round(Math.abs(value) * scale);
    long whole = (long) scale;
    long rest = units % whole;
    String sign = value < 0 && units > 0 ? "-" : "";
    if (rest == 0) {
      return sign + units / whole;
    }
    String decimals = String.valueOf(whole + rest).substring(1);
    int length = decimals.length();
    while (decimals.charAt(length - 1) == '0') {
      length--;
    }
    return sign + units / whole + '.' + decimals.substring(0, length);
  }
}
