package dev.trackside.loadtest.race;

import java.util.ArrayList;
import java.util.List;

/**
 * Whom a part of the spectators follows.
 *
 * @param runners how many runners each of them follows; {@link #EVERYONE} for the race's feed
 * @param percent how many of the spectators
 */
public record Follow(int runners, double percent) {
  public static final int EVERYONE = 0;

  /** The most feeds that a connection may follow. */
  private static final int MOST = 200;

  boolean everyone() {
    return runners == EVERYONE;
  }

  /**
   * Reads {@code everyone} or {@code one:60%,several:5:30%,everyone:10%}.
   *
   * @throws IllegalArgumentException when the text is not a mix
   */
  public static List<Follow> mix(String text) {
    var mix = new ArrayList<Follow>();
    double sum = 0;
    for (String part : text.split(",", -1)) {
      Follow follow = part(part.strip());
      mix.add(follow);
      sum += follow.percent;
    }
    if (Math.abs(sum - 100) > 0.01) {
      throw new IllegalArgumentException(
          "the parts of --follow must add up to 100%, got \"" + text + "\"");
    }
    return List.copyOf(mix);
  }

  private static Follow part(String text) {
    String[] words = text.split(":", -1);
    int used = words[0].equals("several") ? 2 : 1;
    int runners =
        switch (words[0]) {
          case "one" -> 1;
          case "everyone" -> EVERYONE;
          case "several" -> words.length > 1 ? several(words[1], text) : several("", text);
          default -> throw wrong(text);
        };
    if (words.length > used + 1) {
      throw wrong(text);
    }
    return new Follow(runners, words.length == used ? 100 : Share.parse(words[used]).percent());
  }

  private static int several(String text, String whole) {
    try {
      int runners = Integer.parseInt(text);
      if (runners >= 1 && runners <= MOST) {
        return runners;
      }
    } catch (NumberFormatException e) {
      throw wrong(whole);
    }
    throw wrong(whole);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "--follow takes one, several:N (1 to "
            + MOST
            + ") or everyone, each with a percentage, such as one:60%,several:5:40%; got \""
            + text
            + '"');
  }
}
