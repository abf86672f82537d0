package dev.trackside.history;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Overwrites the positions of erased runners, a few at a time, and at last the copies of them that
 * the write-ahead log holds.
 */
final class Sweeping implements Chore {
  private static final int STEP = 1_000;
  private static final long BETWEEN_TRIES_NANOS = Duration.ofSeconds(1).toNanos();

  private final ArrayDeque<Long> erased = new ArrayDeque<>();
  private boolean swept;
  private boolean postponed;
  private long triedNanos;

  void erased(List<Long> more) {
    erased.addAll(more);
  }

  @Override
  public boolean isDue() {
    return !erased.isEmpty() || (swept && (!postponed || isTimeToTry()));
  }

  private boolean isTimeToTry() {
    return System.nanoTime() - triedNanos >= BETWEEN_TRIES_NANOS;
  }

  /** Whether the write-ahead log could not be emptied, and waits for another try. */
  boolean isPostponed() {
    return postponed;
  }

  @Override
  public void begin(Statements statements) throws SQLException {
    erased.clear();
    swept = true; // whoever wrote last may have ended before this was done
    postponed = false;
    erased.addAll(statements.list(row -> row.getLong(1), "SELECT runner FROM erased"));
  }

  @Override
  public Runnable step(Statements statements) throws SQLException {
    Long runner = erased.peek();
    if (runner == null) {
      return () -> {
        swept = !statements.emptyWal();
        postponed = swept;
        triedNanos = System.nanoTime();
      };
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
