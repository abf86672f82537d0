package dev.trackside.loadtest.race;

import java.util.List;

/** The runners, and what is known of their positions. */
final class Field {
  private final List<? extends Runner> runners;
  private final Schedule schedule;

  Field(List<? extends Runner> runners, Schedule schedule) {
    this.runners = List.copyOf(runners);
    this.schedule = schedule;
  }

  List<? extends Runner> runners() {
    return runners;
  }

  /** The number of a runner's position, by its mark or its time; -1 for none. */
  int number(int runner, ServerMessages messages) {
    if (messages.number() != ServerMessages.NONE) {
      return (int) messages.number();
    }
    if (runner < 0 || runner >= runners.size()) {
      return -1;
    }
    long number = schedule.timetable().numberAt(runner, messages.momentMs());
    return number < schedule.timetable().positions(runner) ? (int) Math.max(-1, number) : -1;
  }

  long dueMicros(int runner, int number, ServerMessages messages) {
    return messages.dueMicros() != ServerMessages.NONE
        ? messages.dueMicros()
        : schedule.dueMicros(runner, number);
  }

  /** The runner's newest position that the server has stored; -1 for none or unknown. */
  int lastStored(int runner) {
    return runner < runners.size() ? runners.get(runner).lastStored() : -1;
  }

  int refusals(int runner) {
    return runner < runners.size() ? runners.get(runner).refusals() : 0;
  }

  /** How many of the runner's positions from a time on the server has stored. */
  int storedAfter(int runner, long momentMicros) {
    return Math.max(0, lastStored(runner) + 1 - firstAfter(runner, momentMicros));
  }

  /** How many positions all runners send. */
  long positions() {
    return runners.stream().mapToLong(Runner::positions).sum();
  }

  /** How many runners have a connection of their own. */
  long sockets() {
    return runners.stream().filter(SocketRunner.class::isInstance).count();
  }

  /** The runner's first position that is not before a time. */
  int firstAfter(int runner, long momentMicros) {
    return runner < runners.size()
        ? (int) Math.max(0, schedule.timetable().numberAt(runner, momentMicros / 1000))
        : Integer.MAX_VALUE;
  }

  boolean isDone() {
    return runners.stream().allMatch(Runner::isDone);
  }
}
