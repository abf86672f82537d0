package dev.trackside.access;

import java.util.ArrayList;
import java.util.List;

/**
 * What is stored of a runner's runs.
 *
 * @param sosMs since when the runner asks for help, epoch milliseconds; negative once they were
 *     helped, 0 when they never asked
 * @param finishedMs when the run ended, epoch milliseconds; later fixes are neither stored nor
 *     shown; 0 while the run goes on
 * @param ends the runs that the runner has ended, in the order in which they did; the newest
 *     {@value #MOST_ENDS}
 * @param zones where runs began and ended before the runs were told apart by the track alone
 * @param past the runs that are known without reading the track
 */
public record RunState(
    long sosMs, long finishedMs, List<RunEnd> ends, List<Zone> zones, PastRuns past) {
  /** With so many ends, everything up to the first of them is hidden by a mask. */
  public static final int MOST_ENDS = 1_000;

  /** The state of a runner without a run. */
  public static final RunState NEW = new RunState(0, 0, List.of(), List.of(), PastRuns.NONE);

  public RunState {
    ends = List.copyOf(ends.subList(Math.max(0, ends.size() - MOST_ENDS), ends.size()));
    zones = List.copyOf(zones);
  }

  public boolean finished() {
    return finishedMs > 0;
  }

  /** Since when the runner asks for help, epoch milliseconds; 0 while they do not. */
  public long asksSinceMs() {
    return Math.max(0, sosMs);
  }

  public RunState knowing(PastRuns newPast) {
    return new RunState(sosMs, finishedMs, ends, zones, newPast);
  }

  /** The end of the run at a newest moment, and when it is said. */
  public RunState ended(RunEnd end) {
    var all = new ArrayList<>(ends);
    all.add(end);
    return new RunState(sosMs, end.endedMs(), all, zones, past);
  }

  /** A new run of a runner who needs no help. */
  public RunState begun() {
    return new RunState(Math.min(0, sosMs), 0, ends, zones, past);
  }

  /**
   * An alarm; changes nothing when the runner asks for help already, or was helped after it.
   *
   * @param alarmMs the time of the alarm, epoch milliseconds
   */
  public RunState asking(long alarmMs) {
    return sosMs > 0 || sosMs == -alarmMs ? this : sos(alarmMs);
  }

  /** The end of an alarm. */
  public RunState helped() {
    return sosMs > 0 ? sos(-sosMs) : this;
  }

  private RunState sos(long newSosMs) {
    return new RunState(newSosMs, finishedMs, ends, zones, past);
  }
}
