package dev.trackside.history;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Overwrites the positions of erased runners, a few at a time. Then it sweeps out the copies that
 * other pages may hold: those of the journal go with a complete compaction, those of the
 * write-ahead log when it is emptied. One sweep serves for all who were erased in {@link
 * #BETWEEN_SWEEPS}.
 */
final class Erasure implements MaintenanceTask {
  private static final int STEP = 1_000;
  private static final int RUNNERS_A_STEP = 200;
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
    int done = 0;
    for (Long runner : erased) {
      statements.change("UPDATE position" + Rows.BLANKED + some, runner, left);
      left -= statements.change("DELETE FROM position" + some, runner, left);
      if (left == 0 || done == RUNNERS_A_STEP) {
        break; // the runner may have more
      }
      statements.change("DELETE FROM erased WHERE runner = ?", runner);
      done++;
    }
    int ended = done;
    return () -> {
      for (int i = 0; i < ended; i++) {
        erased.remove();
      }
      unswept = true;
    };
  }
}
