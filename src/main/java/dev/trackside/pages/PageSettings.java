package dev.trackside.pages;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the operator has chosen about the pages. Immutable.
 *
 * @param tiles where the maps get their tiles, such as {@code
 *     https://tiles.example/{z}/{x}/{y}.png}; empty for maps on a plain ground
 * @param attribution whom the maps name for their tiles, HTML
 * @param framing the origins whose pages may hold the embedded ones, such as {@code
 *     https://club.example}
 */
public record PageSettings(String tiles, String attribution, Set<String> framing) {
  /** No tiles, and no frames but the server's own. */
  public static final PageSettings USUAL = new PageSettings("", "", Set.of());

  /** Stands in a policy as it is. */
  private static final Pattern ORIGIN =
      Pattern.compile("https?://([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(:\\d{1,5})?");

  /**
   * @throws IllegalArgumentException when one of the origins can be no page's
   */
  public PageSettings {
    framing = Set.copyOf(framing);
    for (String origin : framing) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw new IllegalArgumentException(
            "embed must be like https://club.example, got \"" + origin + "\"");
      }
    }
  }
}
