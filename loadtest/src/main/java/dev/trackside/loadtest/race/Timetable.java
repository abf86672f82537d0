package dev.trackside.loadtest.race;

/**
 * When which runner takes which of his positions, fixed before the race begins. Runners report once
 * in a period, evenly spread over it; with a ramp they set out one after the other. Immutable.
 *
 * @param startMicros when the ramp begins, epoch µs
 * @param rampMicros until the last has set out
 * @param rounds periods from the start to the end of the race
 */
record Timetable(long startMicros, long periodMicros, long rampMicros, int runners, int rounds) {
  /** When he connects. */
  long joinMicros(int runner) {
    return startMicros + rampMicros * runner / runners;
  }

  private long firstRound(int runner) {
    return rampMicros * runner / runners / periodMicros + 1;
  }

  /** How many positions he takes. */
  int positions(int runner) {
    return (int) Math.max(0, rounds - firstRound(runner));
  }

  /** Which of his positions is due in a round, from 0; below 0 before he has set out. */
  int numberIn(int round, int runner) {
    return (int) (round - firstRound(runner));
  }

  /** The moment of his {@code number}th position, from 0. */
  long fixMicros(int runner, int number) {
    return startMicros
        + (firstRound(runner) + number) * periodMicros
        + periodMicros * runner / runners;
  }

  /** Which of his positions has this moment, told in whole ms, or s; may be none of his. */
  long numberAt(int runner, long ms) {
    return Math.ceilDiv(ms * 1000 - fixMicros(runner, 0), periodMicros);
  }

  long endMicros() {
    return startMicros + rounds * periodMicros;
  }
}
