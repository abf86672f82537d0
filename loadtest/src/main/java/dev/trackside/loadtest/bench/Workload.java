package dev.trackside.loadtest.bench;

/**
 * What is asked of a server. Immutable.
 *
 * @param name for the command line
 * @param words for the table
 * @param race whether each spectator follows every feed, as a race
 * @param perSecond positions a second, all feeds together; 0: as fast as they come back
 * @param options further members of the first message, to Trackside only, each behind a comma
 * @param compressed whether permessage-deflate is offered, to Trackside only
 * @param ownOnly whether only Trackside has what this is about
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

  /** So many positions are on their way when it is as fast as they come back. */
  private static final int WINDOW_OF_ONE = 32;

  static Workload feeds(String name, String words, int spectators, int feeds, int perSecond) {
    String options = perSecond == 0 ? ",\"pace\":0" : "";
    return new Workload(name, words, spectators, feeds, false, perSecond, options, false, false);
  }

  static Workload race(String name, String words, String options, boolean compressed) {
    boolean ownOnly = compressed || !options.isEmpty();
    return new Workload(name, words, 200, 500, true, 500, options, compressed, ownOnly);
  }

  /** Connections that send nothing. */
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

  /** How many get a position of a feed. */
  int audience() {
    return race ? spectators : spectators / feeds;
  }

  /** How many deliveries may be under way. */
  long window() {
    return (long) audience() * Math.max(WINDOW_OF_ONE, feeds);
  }

  boolean compact() {
    return options.contains("compact");
  }
}
