package dev.trackside.pages;

import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The operator's choices for the pages.
 *
 * @param tiles where the maps get their tiles, such as {@code
 *     https://tiles.example/{z}/{x}/{y}.png}; empty for maps on plain ground
 * @param attribution the credit for the tiles, HTML
 * @param framing the origins whose pages may embed ours, such as {@code https://club.example}
 */
public record PageSettings(String tiles, String attribution, Set<String> framing) {
  /** A host that can be part of a policy as it is. */
  static final String HOST = "([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(:\\d{1,5})?";

  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern ORIGIN = Pattern.compile("https?://" + HOST);

  /**
   * @throws IllegalArgumentException when an origin or the address of the tiles is not valid
   */
  public PageSettings {
    framing = Set.copyOf(framing);
    for (String origin : framing) {
      if (!ORIGIN.matcher(origin).matches() || URI.create(origin).getPort() > HIGHEST_PORT) {
        throw new IllegalArgumentException(
            "embed must be like https://club.example, got \"" + origin + "\"");
      }
    }
    if (!tiles.isEmpty()) {
      originOf(tiles);
    }
  }

  /** The origin of the tiles, with a wildcard for {@code {s}}. */
  String tileOrigin() {
    return originOf(tiles);
  }

  private static String originOf(String tiles) {
    try {
      var uri = URI.create(tiles.replace("{s}", "any").replaceAll("[{}]", ""));
      if (("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null) {
        String host =
            tiles.contains("{s}.") ? uri.getHost().replaceFirst("any", "*") : uri.getHost();
        return uri.getScheme() + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
      }
    } catch (IllegalArgumentException _) {
      // refused below
    }
    throw new IllegalArgumentException(
        "tiles must be like https://tiles.example/{z}/{x}/{y}.png, got \"" + tiles + "\"");
  }
}
