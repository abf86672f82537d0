package dev.trackside.loadtest.race;

import java.util.BitSet;

/** Somebody who runs and reports. Threads may share it. */
abstract class Runner {
  private final Plan plan;
  private final Programme programme;
  private final int index;
  private final Tally tally;
  private final Course course;
  private final BitSet settled = new BitSet();
  private final BitSet refused = new BitSet();
  private int sent;

  Runner(Plan plan, Programme programme, int index, Tally tally) {
    this.plan = plan;
    this.programme = programme;
    this.index = index;
    this.tally = tally;
    this.course = Course.of(index, plan);
  }

  /** Connects, if he needs to. */
  abstract void join();

  /** The moment of a position has come. */
  abstract void reach(int number);

  abstract void leave();

  /** The same fix for the same number, whenever it is asked for. */
  final Fix fix(int number) {
    long momentMicros = programme.timetable().fixMicros(index, number);
    double seconds = (momentMicros - programme.timetable().startMicros()) / 1e6;
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
    return programme.tunnel(index);
  }

  final long dueMicros(int number) {
    return programme.dueMicros(index, number);
  }

  /** Counts a position that leaves, once. */
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

  /** The first that the server has not answered for. */
  final synchronized int firstUnsettled() {
    return settled.nextClearBit(0);
  }

  final synchronized boolean isDone() {
    return settled.cardinality() >= positions();
  }

  /** How many he has to send. */
  final int positions() {
    return programme.timetable().positions(index);
  }

  /** The newest that the server has, or -1. */
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
