package dev.trackside.options;

import dev.trackside.pages.PageSettings;
import java.util.Set;
import picocli.CommandLine.Option;

/** What the operator has chosen about the pages. */
final class PageOptions {
  @Option(
      names = "--tiles",
      paramLabel = "URL",
      defaultValue = "",
      description = "Map tiles, such as https://tiles.example/{z}/{x}/{y}.png. Default: none")
  private String tiles = "";

  @Option(
      names = "--tiles-attribution",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Whom the map thanks for the tiles.")
  private String tilesAttribution = "";

  @Option(
      names = "--embed",
      paramLabel = "ORIGIN",
      split = ",",
      description = {
        "Sites whose pages may hold a runner's or a race's map as a part of theirs, such as",
        "https://club.example. Default: none"
      })
  private Set<String> embed = Set.of();

  /**
   * @throws IllegalArgumentException when an origin can be no page's
   */
  PageSettings settings() {
    return new PageSettings(tiles, tilesAttribution, embed);
  }
}
