package dev.trackside.history;

import dev.trackside.log.Newest;

/**
 * How much a log does at a time.
 *
 * @param memory how many positions it keeps in memory, where it need not keep more
 * @param round how many positions arrive before they are settled
 * @param stretch how many of them are settled in one transaction
 */
record Sizes(Newest.Bounds memory, int round, int stretch) {
  static final Sizes USUAL = new Sizes(new Newest.Bounds(2_000, 100_000), 50_000, 4_000);
}
