package dev.trackside.history;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Overwrites the positions of erased runners, a few at a time, and at last the copies of them that
 * the write-ahead log holds.
 */
final class Sweeping implements Chore {
  private static final int STEP = 1_000;

  private final ArrayDeque<Long> erased = new ArrayDeque<>();
  private boolean swept;

  void erased(List<Long> more) {
    erased.addAll(more);
  }

  @Override
  public boolean isDue() {
    return swept || !erased.isEmpty();
  }

  @Override
  public void begin(Statements statements) throws SQLException {
    erased.clear();
    erased.addAll(statements.list(row -> row.getLong(1), "SELECT runner FROM erased"));
  }

  @Override
  public Runnable step(Statements statements) throws SQLException {
    Long runner = erased.peek();
    if (runner == null) {
      return () -> swept = !statements.emptyWal();
    }
    int gone =
        statements.change(
            "DELETE FROM position WHERE runner = ? AND seq IN"
                + " (SELECT seq FROM position WHERE runner = ? ORDER BY seq LIMIT ?)",
            runner,
            runner,
            STEP);
    if (gone == STEP) {
      return () -> {};
    }
    statements.change("DELETE FROM erased WHERE runner = ?", runner);
    return () -> {
      erased.remove(runner);
      swept = true;
    };
  }
}
