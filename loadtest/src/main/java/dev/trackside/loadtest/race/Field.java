package dev.trackside.loadtest.race;

import java.util.List;

/** The runners, and what is known of their positions. Immutable but for the runners. */
final class Field {
  private final List<? extends Runner> runners;
  private final Programme programme;

  Field(List<? extends Runner> runners, Programme programme) {
    this.runners = List.copyOf(runners);
    this.programme = programme;
  }

  List<? extends Runner> runners() {
    return runners;
  }

  /** Which of the runner's positions this is, by its mark or by its moment; -1 for none. */
  int number(int runner, Sightings said) {
    if (said.number() != Sightings.NONE) {
      return (int) said.number();
    }
    if (runner < 0 || runner >= runners.size()) {
      return -1;
    }
    long number = programme.timetable().numberAt(runner, said.momentMs());
    return number < programme.timetable().positions(runner) ? (int) Math.max(-1, number) : -1;
  }

  long dueMicros(int runner, int number, Sightings said) {
    return said.dueMicros() != Sightings.NONE
        ? said.dueMicros()
        : programme.dueMicros(runner, number);
  }

  /** The newest of his that the server has; -1 when there is none, or nobody here knows. */
  int lastStored(int runner) {
    return runner < runners.size() ? runners.get(runner).lastStored() : -1;
  }

  int refusals(int runner) {
    return runner < runners.size() ? runners.get(runner).refusals() : 0;
  }

  /** How many of his positions from a moment on the server has. */
  int storedAfter(int runner, long momentMicros) {
    return Math.max(0, lastStored(runner) + 1 - firstAfter(runner, momentMicros));
  }

  /** How many positions they have to send. */
  long positions() {
    return runners.stream().mapToLong(Runner::positions).sum();
  }

  /** How many of them have a connection of their own. */
  long sockets() {
    return runners.stream().filter(SocketRunner.class::isInstance).count();
  }

  /** The first of a runner's positions whose moment is not before this one. */
  int firstAfter(int runner, long momentMicros) {
    return runner < runners.size()
        ? (int) Math.max(0, programme.timetable().numberAt(runner, momentMicros / 1000))
        : Integer.MAX_VALUE;
  }

  boolean isDone() {
    return runners.stream().allMatch(Runner::isDone);
  }
}
