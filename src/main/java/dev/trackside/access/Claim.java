package dev.trackside.access;

import dev.trackside.track.Runner;

/**
 * A claimed runner: publishing as them needs the key.
 *
 * @param name what people call the runner; the id if none was given
 * @param claimedMs when the runner was claimed, epoch milliseconds
 * @param used whether the runner has ever had a position
 */
public record Claim(
    Runner runner,
    String name,
    Key.Hash key,
    Visibility visibility,
    Privacy privacy,
    RunState run,
    long claimedMs,
    boolean used)
    implements RegistryEntry {
  /** A new claim. */
  public static Claim of(
      Runner runner, String name, Key.Hash key, Visibility visibility, long nowMs) {
    return new Claim(runner, name, key, visibility, Privacy.NONE, RunState.NEW, nowMs, false);
  }

  public boolean isPublic() {
    return visibility == Visibility.PUBLIC;
  }

  public Claim shown(String newName, Visibility newVisibility, Privacy newPrivacy) {
    return new Claim(runner, newName, key, newVisibility, newPrivacy, run, claimedMs, used);
  }

  public Claim rekeyed(Key.Hash newKey) {
    return new Claim(runner, name, newKey, visibility, privacy, run, claimedMs, used);
  }

  public Claim with(RunState newRun) {
    return new Claim(runner, name, key, visibility, privacy, newRun, claimedMs, used);
  }

  /** The claim of a runner who has had a position. */
  public Claim inUse() {
    return new Claim(runner, name, key, visibility, privacy, run, claimedMs, true);
  }
}
