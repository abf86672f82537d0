package dev.trackside.loadtest.race;

/**
 * When each runner takes each position, fixed before the race begins. Runners report once in a
 * period, evenly spread over it, and set out one after the other during the ramp.
 *
 * @param startMicros when the ramp begins, epoch µs
 * @param rampMicros how long until the last runner has set out
 * @param rounds periods from the start to the end of the race
 */
record Timetable(long startMicros, long periodMicros, long rampMicros, int runners, int rounds) {
  /** When a runner connects. */
  long joinMicros(int runner) {
    return startMicros + rampMicros * runner / runners;
  }

  private long firstRound(int runner) {
    return rampMicros * runner / runners / periodMicros + 1;
  }

  /** How many positions a runner takes. */
  int positions(int runner) {
    return (int) Math.max(0, rounds - firstRound(runner));
  }

  /** The number of a runner's position in a round, from 0; below 0 before they set out. */
  int numberIn(int round, int runner) {
    return (int) (round - firstRound(runner));
  }

  /** The time of a runner's position. */
  long fixMicros(int runner, int number) {
    return startMicros
        + (firstRound(runner) + number) * periodMicros
        + periodMicros * runner / runners;
  }

  /** The number of a runner's position at a time in whole ms or s; it may be out of range. */
  long numberAt(int runner, long ms) {
    return Math.ceilDiv(ms * 1000 - fixMicros(runner, 0), periodMicros);
  }

  long endMicros() {
    return startMicros + rounds * periodMicros;
  }
}
