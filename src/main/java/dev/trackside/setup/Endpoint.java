package dev.trackside.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where the phone of one runner posts. Holds his key: never to be logged. Immutable.
 *
 * @param site where the phone finds the server, without a slash at the end
 * @param runner his id
 * @param name what people call him
 */
public record Endpoint(String site, String key, String runner, String name) {
  private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^A-Za-z0-9]");

  /** What is posted to, and where a template's query begins. */
  String address() {
    return site + "/phone/" + key;
  }

  /** His id for apps that take it for a part of a topic or a file name. */
  String device() {
    return runner.replace('/', '-');
  }

  /** At most two letters or digits, for apps that show no more. */
  String initials() {
    String letters = NEITHER_LETTER_NOR_DIGIT.matcher(name).replaceAll("");
    String from =
        letters.isEmpty() ? NEITHER_LETTER_NOR_DIGIT.matcher(runner).replaceAll("") : letters;
    return from.substring(0, Math.min(2, from.length())).toUpperCase(Locale.ROOT);
  }

  /** A text as the value of a query's parameter. */
  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return runner + " at " + site;
  }
}
