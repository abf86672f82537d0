package dev.trackside.history;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** The numbers that were given but never stored, because the process ended first. Immutable. */
final class LostNumbers {
  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  /**
   * Reads the ranges that were lost earlier, and adds a new one.
   *
   * @param storedSeq the newest number that is stored
   * @param lastSeq the last number that was given
   */
  LostNumbers(Statements statements, long storedSeq, long lastSeq) throws SQLException {
    statements.change("INSERT OR REPLACE INTO lost VALUES (?, ?)", storedSeq, lastSeq);
    statements
        .list(
            row -> Map.entry(row.getLong(1), row.getLong(2)),
            "SELECT after_seq, before_seq FROM lost")
        .forEach(range -> ranges.put(range.getKey(), range.getValue()));
  }

  boolean contains(long seq) {
    Map.Entry<Long, Long> range = ranges.lowerEntry(seq);
    return range != null && seq <= range.getValue();
  }
}
