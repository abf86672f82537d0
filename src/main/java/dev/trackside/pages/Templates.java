package dev.trackside.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pages in the jar, with places to fill in such as {@code @name@}. Their version changes when
 * any page does, or any file that a page names. Immutable.
 */
final class Templates {
  private static final List<String> NAMES =
      List.of("map.html", "run.html", "error.html", "run.webmanifest", "run-worker.js");
  private static final Pattern FILE = Pattern.compile("/assets/@version@/[a-z]+/[a-z0-9.-]+");
  private static final Pattern PLACE = Pattern.compile("@([a-z]+)@");

  private final Map<String, String> templates = new HashMap<>();
  private final String version;
  private final String style;

  Templates() throws IOException {
    var all = new ByteArrayOutputStream();
    var files = new TreeSet<String>();
    for (String name : NAMES) {
      String text = Assets.text("/public/" + name);
      FILE.matcher(text).results().map(MatchResult::group).forEach(files::add);
      templates.put(name, text);
      all.writeBytes(text.getBytes(UTF_8));
    }
    for (String file : files) {
      all.writeBytes(Assets.read("/public" + file.replace("@version@/", "")));
    }
    style =
        Assets.text("/public/assets/shared/page.css") + Assets.text("/public/assets/map/map.css");
    all.writeBytes(style.getBytes(UTF_8));
    version = Assets.digest(all.toByteArray());
  }

  String version() {
    return version;
  }

  /**
   * The style of the maps. It is part of the page: a request for it would take a phone at the
   * roadside as long as showing the first dot.
   */
  String style() {
    return style;
  }

  /**
   * Fills in a page in one pass, so that a value is never taken for a place. A place without a
   * value stays.
   */
  String page(String name, Map<String, String> values) {
    var all = new HashMap<>(values);
    all.put("version", version);
    all.put("style", style);
    return PLACE
        .matcher(templates.getOrDefault(name, ""))
        .replaceAll(
            place -> Matcher.quoteReplacement(all.getOrDefault(place.group(1), place.group())));
  }

  /** A value as text or attribute of HTML. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** JSON that cannot end the script element around it. */
  static String inScript(String json) {
    return json.replace("<", "\\u003c");
  }
}
