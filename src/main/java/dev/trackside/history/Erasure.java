package dev.trackside.history;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Overwrites the positions of erased runners, a few at a time. Then it sweeps out the copies that
 * other pages may hold: those of the journal go with a complete compaction, those of names when
 * their index is built anew, those of the write-ahead log when it is emptied. One sweep serves for
 * all who were erased in {@link #BETWEEN_SWEEPS}.
 */
final class Erasure implements MaintenanceTask {
  private static final int STEP = 1_000;
  private static final int RUNNERS_A_STEP = 20;

  /** More rows than a few pages hold: so many before and behind an erased runner are rewritten. */
  private static final int NEIGHBOURS = 300;

  static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(5);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final ArrayDeque<Long> erased = new ArrayDeque<>();
  private final Compaction compaction;
  private int compactedAfter;

  /** Whether copies may be left that no sweep has set out to find. */
  private boolean unswept;

  private boolean sweeping;
  private boolean postponed;
  private long begunNanos = System.nanoTime() - BETWEEN_SWEEPS.toNanos();
  private long triedNanos;

  Erasure(Compaction compaction) {
    this.compaction = compaction;
  }

  void erased(List<Long> more) {
    erased.addAll(more);
  }

  private static boolean isPast(long fromNanos, Duration time) {
    return System.nanoTime() - fromNanos >= time.toNanos();
  }

  @Override
  public boolean isDue() {
    if (!erased.isEmpty()) {
      return true;
    }
    if (unswept && !sweeping && isPast(begunNanos, BETWEEN_SWEEPS)) {
      begunNanos = System.nanoTime();
      sweep();
    }
    return sweeping
        && compaction.rounds() >= compactedAfter
        && (!postponed || isPast(triedNanos, BETWEEN_TRIES));
  }

  private void sweep() {
    unswept = false;
    sweeping = true;
    postponed = false;
    compactedAfter = compaction.compactAll();
  }

  /** Whether it becomes due with time. */
  boolean isWaiting() {
    return unswept || postponed;
  }

  @Override
  public void begin(Statements statements) throws SQLException {
    erased.clear();
    sweep(); // the last process may have ended before it emptied the write-ahead log
    erased.addAll(statements.list(row -> row.getLong(1), "SELECT runner FROM erased"));
  }

  @Override
  public Runnable step(Statements statements) throws SQLException {
    if (erased.isEmpty()) {
      if (!postponed) {
        statements.change("REINDEX runner"); // a page that was split keeps a copy of what left it
      }
      return () -> {
        sweeping = !statements.emptyWal();
        postponed = sweeping;
        triedNanos = System.nanoTime();
      };
    }
    String some =
        " WHERE runner = ?1 AND seq IN"
            + " (SELECT seq FROM position WHERE runner = ?1 ORDER BY seq LIMIT ?2)";
    int left = STEP;
    var ended = new ArrayList<Long>();
    for (Long runner : erased) {
      statements.change("UPDATE position" + Rows.BLANKED + some, runner, left);
      left -= statements.change("DELETE FROM position" + some, runner, left);
      if (left == 0 || ended.size() == RUNNERS_A_STEP) {
        break; // the runner may have more
      }
      ended.add(runner);
    }
    for (Long runner : ended) { // now that none of them is another's neighbour
      rewriteNeighbours(statements, runner);
      statements.change("DELETE FROM erased WHERE runner = ?", runner);
    }
    return () -> {
      ended.forEach(_ -> erased.remove());
      unswept = true;
    };
  }

  /**
   * Deletes the rows next to those that are gone, and inserts them again. When a page was split,
   * rows of the erased runner moved to another one, and stayed readable in the first. SQLite
   * overwrites a page that it frees, so all pages near are freed.
   */
  private static void rewriteNeighbours(Statements statements, long runner) throws SQLException {
    statements.change("CREATE TEMP TABLE IF NOT EXISTS near AS SELECT * FROM position WHERE 0");
    for (String side :
        List.of("< ?1 ORDER BY runner DESC, seq DESC", "> ?1 ORDER BY runner, seq")) {
      statements.change(
          "INSERT INTO near SELECT * FROM (SELECT * FROM position WHERE runner "
              + side
              + " LIMIT ?2)",
          runner,
          NEIGHBOURS);
    }
    statements.change("DELETE FROM position WHERE (runner, seq) IN (SELECT runner, seq FROM near)");
    statements.change("INSERT INTO position SELECT * FROM near ORDER BY runner, seq");
    statements.change("DELETE FROM near");
  }
}
