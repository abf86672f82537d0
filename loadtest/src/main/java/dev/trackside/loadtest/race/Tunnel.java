package dev.trackside.loadtest.race;

/**
 * When a runner's phone has no network, counted in his positions: of each {@code cycle} of them the
 * first {@code length}, beginning {@code offset} before. Immutable.
 *
 * @param positions how many he takes in all; no tunnel lasts until there
 */
record Tunnel(int cycle, int length, int offset, int positions) {
  static final Tunnel NONE = new Tunnel(1, 0, 0, 0);

  boolean holds(int number) {
    return inCycle(number) < length && exit(number) < positions;
  }

  /** The first position with network again, for one that is held back. */
  private int exit(int number) {
    return number - inCycle(number) + length;
  }

  /** The number with which he sends this one: its own, or the first behind the tunnel. */
  int sentWith(int number) {
    return holds(number) ? exit(number) : number;
  }

  boolean begins(int number) {
    return holds(number) && (number == 0 || !holds(number - 1));
  }

  private int inCycle(int number) {
    return (number + offset) % cycle;
  }
}
