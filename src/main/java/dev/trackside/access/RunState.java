package dev.trackside.access;

import java.util.List;

/**
 * What is stored of a runner's runs.
 *
 * @param sosMs since when the runner asks for help, epoch milliseconds; negative once they were
 *     helped, 0 when they never asked
 * @param finishedMs when the run ended, epoch milliseconds; later fixes are neither stored nor
 *     shown; 0 while the run goes on
 * @param fromMs the earliest time of a fix of the present run, epoch milliseconds
 * @param zones where earlier runs began and ended, the newest {@value #MOST_ZONES}
 */
public record RunState(long sosMs, long finishedMs, long fromMs, List<Zone> zones) {
  public static final int MOST_ZONES = 200;

  /** The state of a runner without a run. */
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

  public RunState since(long newFromMs, List<Zone> allZones) {
    return new RunState(sosMs, finishedMs, newFromMs, allZones);
  }

  public RunState ended(long nowMs) {
    return new RunState(sosMs, nowMs, fromMs, zones);
  }

  /** A new run of a runner who needs no help. */
  public RunState begun() {
    return new RunState(Math.min(0, sosMs), 0, fromMs, zones);
  }

  /**
   * An alarm; changes nothing when the runner asks for help already, or was helped after it.
   *
   * @param alarmMs the time of the alarm, epoch milliseconds
   */
  public RunState asking(long alarmMs) {
    return sosMs > 0 || sosMs == -alarmMs ? this : new RunState(alarmMs, finishedMs, fromMs, zones);
  }

  /** The end of an alarm. */
  public RunState helped() {
    return sosMs > 0 ? new RunState(-sosMs, finishedMs, fromMs, zones) : this;
  }
}
