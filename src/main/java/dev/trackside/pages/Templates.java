package dev.trackside.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The pages as they are in the jar, and one version of all of them and of everything that they
 * name: whatever changes, browsers learn of it. Immutable.
 */
final class Templates {
  private static final List<String> NAMES =
      List.of("map.html", "run.html", "error.html", "run.webmanifest", "run-worker.js");
  private static final Pattern FILE = Pattern.compile("/assets/@version@/[a-z]+/[a-z0-9.-]+");

  private final Map<String, Template> templates = new HashMap<>();
  private final String version;
  private final String style;

  private Templates() throws IOException {
    var all = new ByteArrayOutputStream();
    var files = new TreeSet<String>();
    for (String name : NAMES) {
      String text = Assets.text("/public/" + name);
      FILE.matcher(text).results().map(MatchResult::group).forEach(files::add);
      templates.put(name, new Template(text));
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

  static Templates read() throws IOException {
    return new Templates();
  }

  /** Under which the files are kept for ever. */
  String version() {
    return version;
  }

  /**
   * What the maps look like. It is part of the page: to ask for it would take as long as a phone at
   * the roadside has to show the first dot.
   */
  String style() {
    return style;
  }

  /** A page, where the version is filled in last of all. */
  String page(String name, Map<String, String> values) {
    var all = new HashMap<>(values);
    all.put("version", version);
    all.put("style", style);
    return templates.getOrDefault(name, new Template("")).with(all);
  }
}
