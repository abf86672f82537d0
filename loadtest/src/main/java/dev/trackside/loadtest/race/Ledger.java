package dev.trackside.loadtest.race;

import java.util.Arrays;

/**
 * What one spectator has got of each runner whom he follows. The numbers of a runner's positions
 * have no gaps, so whatever was lost shows: {@code owed} is what lies between those that came and
 * was not told of by {@code skipped}. One thread at a time.
 */
final class Ledger {
  private static final int NOTHING = -1;
  private static final int REMEMBERED = 64;

  private final int[] newest;
  private final int[] owed;

  /** Which of the 64 up to the newest have come; the lowest bit is the newest. */
  private final long[] recent;

  private long delivered;
  private long duplicates;
  private long skipped;

  Ledger(int runners) {
    newest = new int[runners];
    owed = new int[runners];
    recent = new long[runners];
    Arrays.fill(newest, NOTHING);
  }

  /**
   * Enters a position.
   *
   * @param told how many of the runner's were left out before it, as the server says
   * @return whether it is new
   */
  boolean enter(int runner, int number, long told) {
    skipped += told;
    int before = newest[runner];
    if (before == NOTHING) {
      newest[runner] = number;
      recent[runner] = 1;
    } else if (number > before) {
      int step = number - before;
      recent[runner] = step < REMEMBERED ? recent[runner] << step | 1 : 1;
      owed[runner] += step - 1 - (int) told;
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
      owed[runner] -= 1 + (int) told;
    }
    delivered++;
    return true;
  }

  int runners() {
    return newest.length;
  }

  /** The server has begun anew: what came may come again, what is missing is owed still. */
  void reset(int runner) {
    recent[runner] = 0;
  }

  /** So many should have come before the first that came. */
  void owe(int runner, long positions) {
    owed[runner] += (int) Math.max(0, positions);
  }

  boolean knows(int runner) {
    return newest[runner] != NOTHING;
  }

  /**
   * How many of a runner's positions are missing; below 0 when more was said to be left out than
   * was.
   *
   * @param last the number of the last that he should have
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
