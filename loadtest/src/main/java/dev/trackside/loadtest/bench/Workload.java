package dev.trackside.loadtest.bench;

/**
 * The load on a server.
 *
 * @param name its name on the command line
 * @param words its description in the table
 * @param race whether each spectator follows every feed, as a race
 * @param perSecond positions a second in all feeds; 0 for as fast as they come back
 * @param options more members for the first message to Trackside, each after a comma
 * @param compressed whether to offer permessage-deflate to Trackside
 * @param ownOnly whether only Trackside supports it
 */
record Workload(
    String name,
    String words,
    int spectators,
    int feeds,
    boolean race,
    int perSecond,
    String options,
    boolean compressed,
    boolean ownOnly) {

  /** How many positions of one feed are on their way in a saturated workload. */
  private static final int WINDOW_OF_ONE = 32;

  static Workload feeds(String name, String words, int spectators, int feeds, int perSecond) {
    String options = perSecond == 0 ? ",\"pace\":0" : "";
    return new Workload(name, words, spectators, feeds, false, perSecond, options, false, false);
  }

  static Workload race(String name, String words, String options, boolean compressed) {
    boolean ownOnly = compressed || !options.isEmpty();
    return new Workload(name, words, 200, 500, true, 500, options, compressed, ownOnly);
  }

  /** Idle connections. */
  static Workload idle(String name, String words, int connections) {
    return new Workload(
        name, words, connections, Math.min(1_000, connections), false, -1, "", false, false);
  }

  boolean idle() {
    return perSecond < 0;
  }

  boolean saturated() {
    return perSecond == 0;
  }

  Workload with(String moreOptions) {
    return new Workload(
        name,
        words,
        spectators,
        feeds,
        race,
        perSecond,
        options + moreOptions,
        compressed,
        ownOnly);
  }

  /** How many spectators get each position. */
  int audience() {
    return race ? spectators : spectators / feeds;
  }

  /** How many deliveries may be on their way. */
  long window() {
    return (long) audience() * Math.max(WINDOW_OF_ONE, feeds);
  }

  boolean compact() {
    return options.contains("compact");
  }
}
