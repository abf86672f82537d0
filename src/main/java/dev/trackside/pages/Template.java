package dev.trackside.pages;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with places to be filled in, each between two {@code @}. */
record Template(String text) {
  private static final Pattern PLACE = Pattern.compile("@([a-z]+)@");

  /**
   * Fills in values as they are, all at once: what stands in one is never taken for another place.
   * A place without a value stays.
   */
  String with(Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())));
  }

  /** A value as text or attribute of HTML. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** JSON that does not end the script element around it. */
  static String inScript(String json) {
    return json.replace("<", "\\u003c");
  }
}
