package dev.trackside.access;

import dev.trackside.track.Runner;
import java.util.List;

/**
 * A runner whom somebody has claimed: from then on publishing needs the key.
 *
 * @param name what people call the runner; his id where nobody said
 * @param visibility whether everybody may follow, or only who has the key or a link
 * @param maskM how many metres around start and end nobody sees but who has the key; 0 for none
 * @param sosMs since when the runner asks for help, epoch milliseconds; negative once he was
 *     helped, 0 when he never asked
 * @param finishedMs when the run ended, epoch milliseconds: what a phone takes since is neither
 *     stored nor shown; 0 while it goes on
 * @param runFromMs the first moment of a fix that belongs to the present run, epoch milliseconds
 * @param zones where earlier runs began and ended
 * @param claimedMs when, epoch milliseconds
 */
public record Claim(
    Runner runner,
    String name,
    Key.Hash key,
    Visibility visibility,
    int maskM,
    long sosMs,
    long finishedMs,
    long runFromMs,
    List<Zone> zones,
    long claimedMs) {
  /** So many are kept; beyond them the oldest is forgotten. */
  static final int MOST_ZONES = 200;

  public Claim {
    zones = List.copyOf(zones.subList(Math.max(0, zones.size() - MOST_ZONES), zones.size()));
  }

  /** A runner who is claimed now. */
  public static Claim of(
      Runner runner, String name, Key.Hash key, Visibility visibility, long nowMs) {
    return new Claim(runner, name, key, visibility, 0, 0, 0, 0, List.of(), nowMs);
  }

  public boolean finished() {
    return finishedMs > 0;
  }

  /** The same runner, shown otherwise. */
  public Claim shown(String newName, Visibility newVisibility, int newMaskM) {
    return new Claim(
        runner,
        newName,
        key,
        newVisibility,
        newMaskM,
        sosMs,
        finishedMs,
        runFromMs,
        zones,
        claimedMs);
  }

  /** The same runner with another key. */
  public Claim rekeyed(Key.Hash newKey) {
    return new Claim(
        runner, name, newKey, visibility, maskM, sosMs, finishedMs, runFromMs, zones, claimedMs);
  }

  /** The same runner, of whose runs more is known. */
  Claim run(long fromMs, List<Zone> allZones) {
    return new Claim(
        runner, name, key, visibility, maskM, sosMs, finishedMs, fromMs, allZones, claimedMs);
  }

  Claim ended(long nowMs) {
    return new Claim(
        runner, name, key, visibility, maskM, sosMs, nowMs, runFromMs, zones, claimedMs);
  }

  /**
   * The same runner, who asks for help, unless he does so already or was helped after this alarm.
   *
   * @param alarmMs when, epoch milliseconds
   */
  public Claim asking(long alarmMs) {
    return sosMs > 0 || sosMs == -alarmMs ? this : withSos(alarmMs);
  }

  /** The same runner, who needs no help any more. */
  public Claim helped() {
    return sosMs > 0 ? withSos(-sosMs) : this;
  }

  /** Since when the runner asks for help, epoch milliseconds; 0 while he does not. */
  public long asksSinceMs() {
    return Math.max(0, sosMs);
  }

  private Claim withSos(long newSosMs) {
    return new Claim(
        runner, name, key, visibility, maskM, newSosMs, finishedMs, runFromMs, zones, claimedMs);
  }

  /** The same runner, who begins another run and is well. */
  Claim begun() {
    return new Claim(
        runner, name, key, visibility, maskM, Math.min(0, sosMs), 0, runFromMs, zones, claimedMs);
  }

  /** Who may follow. */
  public enum Visibility {
    /** Everybody. */
    PUBLIC,
    /** Who has the runner's key or that of a link. */
    LINK
  }
}
