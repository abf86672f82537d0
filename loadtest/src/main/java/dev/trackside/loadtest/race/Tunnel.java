package dev.trackside.loadtest.race;

/**
 * When a runner's phone has no network, counted in positions: for the first {@code length} of each
 * {@code cycle}, shifted by {@code offset}.
 *
 * @param positions all positions of the runner; no tunnel lasts until the end
 */
record Tunnel(int cycle, int length, int offset, int positions) {
  static final Tunnel NONE = new Tunnel(1, 0, 0, 0);

  boolean holds(int number) {
    return inCycle(number) < length && exit(number) < positions;
  }

  /** The first position with network again, after one without. */
  private int exit(int number) {
    return number - inCycle(number) + length;
  }

  /** The position with which this one is sent: itself, or the first after the tunnel. */
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
