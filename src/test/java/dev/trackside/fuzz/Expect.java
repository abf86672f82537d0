package dev.trackside.fuzz;

import java.util.Arrays;
import java.util.Random;

/** What holds for every target; said without the cost of a library, since it is said often. */
public final class Expect {
  private static final int LONGEST_WORDS = 300;

  private Expect() {}

  /** Holds a rule; {@code seen} is what was seen, for the report of a rule that is broken. */
  public static void that(boolean holds, String rule, Object... seen) {
    if (!holds) {
      throw new AssertionError(rule + ": " + Arrays.deepToString(seen));
    }
  }

  public static void same(Object one, Object other, String rule) {
    that(one.equals(other), rule, one, other);
  }

  /** Holds that words may be shown to anybody: short, without control characters, real text. */
  public static void words(String words) {
    that(words.length() <= LONGEST_WORDS, "words are short", words.length(), words);
    that(words.codePoints().noneMatch(Expect::isUnfit), "words are printable", escaped(words));
  }

  private static boolean isUnfit(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL || type == Character.SURROGATE;
  }

  private static String escaped(String words) {
    var text = new StringBuilder();
    words.chars().forEach(c -> text.append(c < ' ' || c > '~' ? "\\u%04x".formatted(c) : (char) c));
    return text.toString();
  }

  /** Chance that is the same whenever the bytes are. */
  public static Random chance(byte[] bytes) {
    return new Random(Arrays.hashCode(bytes));
  }
}
