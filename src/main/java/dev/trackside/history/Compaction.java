package dev.trackside.history;

import static dev.trackside.history.Rows.COLUMNS;

import java.sql.SQLException;
import java.util.function.LongConsumer;

/**
 * Moves what has arrived to the tracks, in rounds. A round sorts a whole journal by runner, so that
 * each page of the tracks is touched once for many positions, and moves it a stretch at a time. The
 * order is noted in a table of this connection's own: rows are fetched by number, each once.
 */
final class Compaction implements MaintenanceTask {
  private enum Stage {
    GATHERING,
    MOVING,
    CLEARING
  }

  private final Sizes sizes;
  private final LongConsumer settled;
  private Stage stage = Stage.GATHERING;
  private long waiting;
  private int rounds;
  private int wantedRounds;
  private long untilSeq;
  private int planned;
  private int moved;

  /**
   * The chore for one log.
   *
   * @param settled is told up to which number everything is in the tracks
   */
  Compaction(Sizes sizes, LongConsumer settled) {
    this.sizes = sizes;
    this.settled = settled;
  }

  void arrived(int more) {
    waiting += more;
  }

  /** Sees to it that all of the journal moves; returns {@link #rounds} when that is done. */
  int settleAll() {
    wantedRounds = rounds + (stage == Stage.GATHERING ? 1 : 2);
    return wantedRounds;
  }

  int rounds() {
    return rounds;
  }

  @Override
  public boolean isDue() {
    return rounds < wantedRounds || stage != Stage.GATHERING || waiting >= sizes.round();
  }

  @Override
  public void begin(Statements statements) throws SQLException {
    stage = Stage.GATHERING;
    waiting = statements.number(0, "SELECT count(*) FROM arrival");
  }

  @Override
  public Runnable step(Statements statements) throws SQLException {
    return switch (stage) {
      case GATHERING -> plan(statements);
      case MOVING -> move(statements);
      case CLEARING -> clear(statements);
    };
  }

  private Runnable plan(Statements statements) throws SQLException {
    statements.change(
        "CREATE TEMP TABLE IF NOT EXISTS plan (place INTEGER PRIMARY KEY, seq INTEGER NOT NULL)");
    statements.change("DELETE FROM plan");
    planned =
        statements.change("INSERT INTO plan (seq) SELECT seq FROM arrival ORDER BY runner, seq");
    untilSeq = statements.number(0, "SELECT max(seq) FROM arrival");
    waiting = planned;
    moved = 0;
    return () -> stage = Stage.MOVING;
  }

  private Runnable move(Statements statements) throws SQLException {
    int to = Math.min(planned, moved + sizes.stretch());
    statements.change(
        "INSERT OR IGNORE INTO position (runner, "
            + COLUMNS
            + ") SELECT runner, "
            + COLUMNS
            + " FROM plan CROSS JOIN arrival USING (seq) WHERE place > ? AND place <= ?"
            + " ORDER BY place",
        moved,
        to);
    return () -> {
      moved = to;
      if (moved == planned) {
        stage = Stage.CLEARING;
        settled.accept(untilSeq);
      }
    };
  }

  private Runnable clear(Statements statements) throws SQLException {
    statements.change("UPDATE reach SET seq = max(seq, ?)", untilSeq);
    int cleared =
        statements.change(
            "DELETE FROM arrival WHERE seq <= ? AND seq IN (SELECT seq FROM arrival ORDER BY seq"
                + " LIMIT ?)",
            untilSeq,
            sizes.stretch());
    return () -> {
      waiting -= cleared;
      if (cleared < sizes.stretch()) {
        stage = Stage.GATHERING;
        rounds++;
      }
    };
  }
}
