package dev.trackside.history;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** The numbers that were given and never stored, because a process ended before. Immutable. */
final class Lost {
  private final TreeMap<Long, Long> stretches = new TreeMap<>();

  /**
   * Reads what was lost before, and adds what was lost now.
   *
   * @param storedSeq the newest number that is stored
   * @param nextSeq the number before the first that is given from now on
   */
  Lost(Statements statements, long storedSeq, long nextSeq) throws SQLException {
    statements.change("INSERT OR REPLACE INTO lost VALUES (?, ?)", storedSeq, nextSeq);
    statements
        .list(
            row -> Map.entry(row.getLong(1), row.getLong(2)),
            "SELECT after_seq, before_seq FROM lost")
        .forEach(stretch -> stretches.put(stretch.getKey(), stretch.getValue()));
  }

  boolean holds(long seq) {
    Map.Entry<Long, Long> before = stretches.lowerEntry(seq);
    return before != null && seq <= before.getValue();
  }
}
