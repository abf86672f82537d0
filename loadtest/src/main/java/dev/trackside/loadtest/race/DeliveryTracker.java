package dev.trackside.loadtest.race;

import java.util.Arrays;

/**
 * Tracks what one spectator has got from each runner. The numbers of a runner's positions have no
 * gaps, so lost positions show: {@code owed} counts those in between that did not arrive and that
 * the server did not announce as skipped. For one thread at a time.
 */
final class DeliveryTracker {
  private static final int NOTHING = -1;
  private static final int REMEMBERED = 64;

  private final int[] newest;
  private final int[] owed;

  /** Which of the newest 64 have arrived; the lowest bit is the newest. */
  private final long[] recent;

  private long delivered;
  private long duplicates;
  private long skipped;

  DeliveryTracker(int runners) {
    newest = new int[runners];
    owed = new int[runners];
    recent = new long[runners];
    Arrays.fill(newest, NOTHING);
  }

  /**
   * Adds a position.
   *
   * @param announced how many of the runner's positions before it the server says it left out
   * @return whether it is new
   */
  boolean add(int runner, int number, long announced) {
    skipped += announced;
    int before = newest[runner];
    if (before == NOTHING) {
      newest[runner] = number;
      recent[runner] = 1;
    } else if (number > before) {
      int step = number - before;
      recent[runner] = step < REMEMBERED ? recent[runner] << step | 1 : 1;
      owed[runner] += step - 1 - (int) announced;
      newest[runner] = number;
    } else if (recent[runner] == 0) {
      return true;
    } else {
      int back = before - number;
      long bit = back < REMEMBERED ? 1L << back : 0;
      if (bit == 0 || (recent[runner] & bit) != 0) {
        duplicates++;
        return false;
      }
      recent[runner] |= bit;
      owed[runner] -= 1 + (int) announced;
    }
    delivered++;
    return true;
  }

  int runners() {
    return newest.length;
  }

  /** Notes a reset: positions may come again, and missing ones are still owed. */
  void reset(int runner) {
    recent[runner] = 0;
  }

  /** Counts positions that should have arrived before the first one did. */
  void owe(int runner, long positions) {
    owed[runner] += (int) Math.max(0, positions);
  }

  boolean has(int runner) {
    return newest[runner] != NOTHING;
  }

  /**
   * How many of a runner's positions are missing; below 0 when more were announced as skipped than
   * were.
   *
   * @param last the number of the last position that the spectator should have
   */
  int missing(int runner, int last) {
    return owed[runner] + Math.max(0, last - newest[runner]);
  }

  long delivered() {
    return delivered;
  }

  long duplicates() {
    return duplicates;
  }

  long skipped() {
    return skipped;
  }
}
