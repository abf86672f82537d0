package dev.trackside.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a runner's phone posts to. Holds their key, so it must not be logged.
 *
 * @param site the server's address, without a slash at the end
 * @param runner their id
 * @param name what people call them
 */
public record Endpoint(String site, String key, String runner, String name) {
  private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^A-Za-z0-9]");

  /** The address to post to, or to begin a query at. */
  String address() {
    return site + "/phone/" + key;
  }

  /** The runner's id as part of a topic or a file name. */
  String device() {
    return runner.replace('/', '-');
  }

  /** At most two letters or digits. */
  String initials() {
    String letters = NEITHER_LETTER_NOR_DIGIT.matcher(name).replaceAll("");
    String from =
        letters.isEmpty() ? NEITHER_LETTER_NOR_DIGIT.matcher(runner).replaceAll("") : letters;
    return from.substring(0, Math.min(2, from.length())).toUpperCase(Locale.ROOT);
  }

  /** Encodes the value of a query parameter. */
  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return runner + " at " + site;
  }
}
