package dev.trackside.access;

import java.util.List;

/**
 * What is stored of a runner's runs.
 *
 * @param sosMs since when the runner asks for help, epoch milliseconds; negative once they were
 *     helped, 0 when they never asked
 * @param finishedMs when the run ended, epoch milliseconds: what a phone takes since is neither
 *     stored nor shown; 0 while it goes on
 * @param fromMs the first moment of a fix that belongs to the present run, epoch milliseconds
 * @param zones where earlier runs began and ended; the newest {@value #MOST_ZONES}
 */
public record RunState(long sosMs, long finishedMs, long fromMs, List<Zone> zones) {
  public static final int MOST_ZONES = 200;

  /** Of somebody who has not run yet. */
  public static final RunState NEW = new RunState(0, 0, 0, List.of());

  public RunState {
    zones = List.copyOf(zones.subList(Math.max(0, zones.size() - MOST_ZONES), zones.size()));
  }

  public boolean finished() {
    return finishedMs > 0;
  }

  /** Since when the runner asks for help, epoch milliseconds; 0 while they do not. */
  public long asksSinceMs() {
    return Math.max(0, sosMs);
  }

  /** The same, of which more is known. */
  public RunState since(long newFromMs, List<Zone> allZones) {
    return new RunState(sosMs, finishedMs, newFromMs, allZones);
  }

  public RunState ended(long nowMs) {
    return new RunState(sosMs, nowMs, fromMs, zones);
  }

  /** Another run begins, and the runner is well. */
  public RunState begun() {
    return new RunState(Math.min(0, sosMs), 0, fromMs, zones);
  }

  /**
   * The runner asks for help, unless they do so already or were helped after this alarm.
   *
   * @param alarmMs when, epoch milliseconds
   */
  public RunState asking(long alarmMs) {
    return sosMs > 0 || sosMs == -alarmMs ? this : new RunState(alarmMs, finishedMs, fromMs, zones);
  }

  /** The runner needs no help any more. */
  public RunState helped() {
    return sosMs > 0 ? new RunState(-sosMs, finishedMs, fromMs, zones) : this;
  }
}
