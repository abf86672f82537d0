package dev.trackside.access;

import dev.trackside.track.Runner;

/**
 * A runner whom somebody has claimed: from then on publishing needs the key.
 *
 * @param name what people call the runner; his id where nobody said
 * @param visibility whether everybody may follow, or only who has the key or a link
 * @param maskM how many metres around start and end nobody sees but who has the key
 * @param finished whether what he sends is neither stored nor shown
 * @param claimedMs when, epoch milliseconds
 */
public record Claim(
    Runner runner,
    String name,
    Key.Hash key,
    Visibility visibility,
    int maskM,
    boolean finished,
    long claimedMs) {

  /** The same runner, finished. */
  Claim ended() {
    return new Claim(runner, name, key, visibility, maskM, true, claimedMs);
  }

  /** Who may follow. */
  public enum Visibility {
    /** Everybody. */
    PUBLIC,
    /** Who has the runner's key or that of a link. */
    LINK
  }
}
