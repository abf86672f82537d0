package dev.trackside.access;

import dev.trackside.track.Runner;

/**
 * A runner whom somebody has claimed: from then on publishing needs the key.
 *
 * @param name what people call the runner; their id where nobody said
 * @param claimedMs when, epoch milliseconds
 */
public record Claim(
    Runner runner,
    String name,
    Key.Hash key,
    Visibility visibility,
    Privacy privacy,
    RunState run,
    long claimedMs)
    implements RegistryEntry {
  /** A runner who is claimed now. */
  public static Claim of(
      Runner runner, String name, Key.Hash key, Visibility visibility, long nowMs) {
    return new Claim(runner, name, key, visibility, Privacy.NONE, RunState.NEW, nowMs);
  }

  public boolean isPublic() {
    return visibility == Visibility.PUBLIC;
  }

  /** The same runner, shown otherwise. */
  public Claim shown(String newName, Visibility newVisibility, Privacy newPrivacy) {
    return new Claim(runner, newName, key, newVisibility, newPrivacy, run, claimedMs);
  }

  /** The same runner with another key. */
  public Claim rekeyed(Key.Hash newKey) {
    return new Claim(runner, name, newKey, visibility, privacy, run, claimedMs);
  }

  /** The same runner, of whose runs something else is known. */
  public Claim with(RunState newRun) {
    return new Claim(runner, name, key, visibility, privacy, newRun, claimedMs);
  }
}
