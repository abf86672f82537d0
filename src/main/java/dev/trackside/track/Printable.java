package dev.trackside.track;

import java.util.regex.Pattern;

/**
 * Which text people may be shown as it is. Control characters and line breaks are not printable,
 * and neither are marks that nobody sees but that change what everybody reads: bidirectional
 * controls, zero-width spaces, soft hyphens. Joiners are, since Persian, Hindi and families of
 * emoji need them, and so are the tags in the flags of regions and the number signs of Arabic.
 */
public final class Printable {
  private static final String JOINERS = "\\u200C\\u200D";
  private static final String SIGNS =
      "\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\x{110BD}\\x{110CD}";

  /** Characters that Unicode calls letters or symbols, and that are drawn as nothing. */
  private static final String BLANKS = "\\u115F\\u1160\\u17B4\\u17B5\\u2800\\u3164\\uFFA0";

  private static final Pattern UNPRINTABLE =
      Pattern.compile(
          "[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}" + BLANKS + "[\\p{Cf}&&[^" + JOINERS + SIGNS + "]]]");

  /** A black flag, the letters of a region, and the end of the tags. */
  private static final Pattern FLAG_OF_A_REGION =
      Pattern.compile("\\x{1F3F4}[\\x{E0030}-\\x{E0039}\\x{E0061}-\\x{E007A}]{3,6}\\x{E007F}");

  private static final Pattern VISIBLE = Pattern.compile("[^\\p{Cf}\\p{Z}\\p{M}]");

  private Printable() {}

  /** Whether a text holds nothing that is not printable. An empty one does not. */
  public static boolean is(String text) {
    return !UNPRINTABLE.matcher(FLAG_OF_A_REGION.matcher(text).replaceAll("")).find();
  }

  /** Whether a text is printable, and something of it can be seen. */
  public static boolean isSeen(String text) {
    return is(text) && VISIBLE.matcher(text).find();
  }

  /** The text with a question mark for each character that is not printable. */
  public static String shown(String text) {
    return UNPRINTABLE.matcher(text).replaceAll("?");
  }
}
