package dev.trackside.load;

/**
 * What spectators saw of positions that were due at a fixed rate.
 *
 * @param lost how many of all that each should have seen did not come
 * @param disordered how many came twice, or behind a later one of the same runner
 */
record SeenFixes(Latencies latencies, long lost, long disordered) {}
