package dev.trackside.history;

import dev.trackside.log.Newest;

/**
 * How much a log does at a time.
 *
 * @param memory the most positions in memory, beside those that are not compacted yet
 * @param round how many positions start a compaction
 * @param batch how many positions are compacted in one transaction
 */
record Sizes(Newest.Bounds memory, int round, int batch) {
  static final Sizes USUAL = new Sizes(new Newest.Bounds(2_000, 100_000), 50_000, 4_000);
}
