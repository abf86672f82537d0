package dev.trackside.track;

/**
 * The id of a tracked person: {@code anna}, or {@code berlin/1042} for bib 1042 in the race {@code
 * berlin}. Immutable.
 *
 * @param id one or two parts of 1 to 64 of {@code A-Z a-z 0-9 _ -}, joined by a slash
 */
public record Runner(String id) {
  private static final int PART_LENGTH = 64;

  /**
   * @throws IllegalArgumentException if {@code id} is malformed; the message says why
   */
  public Runner {
    int slash = id.indexOf('/');
    if (!isPart(id, 0, slash < 0 ? id.length() : slash)
        || (slash >= 0 && !isPart(id, slash + 1, id.length()))) {
      throw new IllegalArgumentException(
          "id must be 1 to 64 of A-Z a-z 0-9 _ - (in a race: race/bib), got " + Quoted.of(id));
    }
  }

  /** The race the runner is in, or the empty string. */
  public String race() {
    int slash = id.indexOf('/');
    return slash < 0 ? "" : id.substring(0, slash);
  }

  static boolean isPart(String text, int from, int to) {
    if (to <= from || to - from > PART_LENGTH) {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      boolean alphanumeric = c < 128 && Character.isLetterOrDigit(c);
      if (!alphanumeric && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return id;
  }
}
