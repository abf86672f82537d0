package dev.trackside.history;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Overwrites the positions of erased runners, a few at a time. The copies that other pages may hold
 * follow: those of the journal go with the next complete compaction, those of the write-ahead log
 * when it is emptied.
 */
final class Erasure implements MaintenanceTask {
  private static final int STEP = 1_000;
  private static final long BETWEEN_TRIES_NANOS = Duration.ofSeconds(1).toNanos();

  private final ArrayDeque<Long> erased = new ArrayDeque<>();
  private final Compaction compaction;
  private int compactedAfter;
  private boolean swept;
  private boolean postponed;
  private long triedNanos;

  Erasure(Compaction compaction) {
    this.compaction = compaction;
  }

  void erased(List<Long> more) {
    erased.addAll(more);
  }

  @Override
  public boolean isDue() {
    boolean walIsLeft = swept && compaction.rounds() >= compactedAfter;
    boolean rests = postponed && System.nanoTime() - triedNanos < BETWEEN_TRIES_NANOS;
    return !erased.isEmpty() || (walIsLeft && !rests);
  }

  /** Whether the write-ahead log could not be emptied and has to be tried again. */
  boolean isPostponed() {
    return postponed;
  }

  @Override
  public void begin(Statements statements) throws SQLException {
    erased.clear();
    compactedAfter = compaction.compactAll();
    swept = true; // the last process may have ended before it emptied the write-ahead log
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
    String some =
        " WHERE runner = ?1 AND seq IN"
            + " (SELECT seq FROM position WHERE runner = ?1 ORDER BY seq LIMIT ?2)";
    statements.change("UPDATE position" + Rows.BLANKED + some, runner, STEP);
    int gone = statements.change("DELETE FROM position" + some, runner, STEP);
    if (gone == STEP) {
      return () -> {};
    }
    statements.change("DELETE FROM erased WHERE runner = ?", runner);
    return () -> {
      erased.remove(runner);
      swept = true;
      compactedAfter = compaction.compactAll();
    };
  }
}
