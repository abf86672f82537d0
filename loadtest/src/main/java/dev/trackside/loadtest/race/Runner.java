package dev.trackside.loadtest.race;

import java.util.BitSet;

/** A runner, who reports positions. Thread-safe. */
abstract class Runner {
  private final Plan plan;
  private final Schedule schedule;
  private final int index;
  private final Tally tally;
  private final Course course;
  private final BitSet settled = new BitSet();
  private final BitSet refused = new BitSet();
  private int sent;

  Runner(Plan plan, Schedule schedule, int index, Tally tally) {
    this.plan = plan;
    this.schedule = schedule;
    this.index = index;
    this.tally = tally;
    this.course = Course.of(index, plan);
  }

  /** Connects, if necessary. */
  abstract void join();

  /** Takes a position. */
  abstract void reach(int number);

  abstract void leave();

  /** The fix of a number, always the same. */
  final Fix fix(int number) {
    long momentMicros = schedule.timetable().fixMicros(index, number);
    double seconds = (momentMicros - schedule.timetable().startMicros()) / 1e6;
    return course.after(seconds, momentMicros);
  }

  final String id() {
    return plan.id(index + 1);
  }

  final Plan plan() {
    return plan;
  }

  final Tally tally() {
    return tally;
  }

  final Tunnel tunnel() {
    return schedule.tunnel(index);
  }

  final long dueMicros(int number) {
    return schedule.dueMicros(index, number);
  }

  /** Counts a position when it is sent for the first time. */
  final synchronized void leaving(int number) {
    if (number >= sent) {
      sent = number + 1;
      tally.sent.increment();
    }
  }

  final synchronized void stored(int number) {
    if (!settled.get(number)) {
      settled.set(number);
      tally.acknowledged.increment();
    }
  }

  final synchronized void refused(int number, String words) {
    if (!settled.get(number)) {
      settled.set(number);
      refused.set(number);
      tally.notes.add("a position was refused: " + words);
    }
  }

  final synchronized boolean isSettled(int number) {
    return settled.get(number);
  }

  /** The first position without an answer from the server. */
  final synchronized int firstUnsettled() {
    return settled.nextClearBit(0);
  }

  final synchronized boolean isDone() {
    return settled.cardinality() >= positions();
  }

  /** How many positions the runner sends. */
  final int positions() {
    return schedule.timetable().positions(index);
  }

  /** The newest position that the server has stored, or -1. */
  final synchronized int lastStored() {
    int last = settled.length() - 1;
    while (last >= 0 && (refused.get(last) || !settled.get(last))) {
      last--;
    }
    return last;
  }

  final synchronized int refusals() {
    return refused.cardinality();
  }
}
