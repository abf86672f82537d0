package dev.trackside.loadtest.race;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of a whole, 0 to 100 %. */
public record Share(double percent) {
  public static final Share NONE = new Share(0);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,4})?)\\s*%");

  /**
   * Reads {@code 1%} or {@code 0.5%}.
   *
   * @throws IllegalArgumentException when the text is not a percentage
   */
  public static Share parse(String text) {
    Matcher found = TEXT.matcher(text.strip());
    if (found.matches() && Double.parseDouble(found.group(1)) <= 100) {
      return new Share(Double.parseDouble(found.group(1)));
    }
    throw new IllegalArgumentException("must be 0% to 100%, such as 1%, got \"" + text + '"');
  }

  /** The part of a number, rounded up. */
  public int of(int whole) {
    return (int) Math.ceil(whole * percent / 100 - 1e-9);
  }

  @Override
  public String toString() {
    return (percent == Math.rint(percent) ? String.valueOf((long) percent) : percent) + "%";
  }
}
