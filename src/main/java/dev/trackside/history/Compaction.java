package dev.trackside.history;

import java.sql.SQLException;
import java.util.function.LongConsumer;

/**
 * Moves positions from the journal to the tracks, in rounds. A round sorts the whole journal by
 * runner, so that each page of the tracks is touched once for many positions, and moves it in
 * batches. A temporary table holds the order, so that each row is fetched once, by its number.
 */
final class Compaction implements MaintenanceTask {
  private enum Phase {
    GATHERING,
    MOVING,
    CLEARING
  }

  private static final String MOVE =
      "INSERT OR IGNORE INTO position (runner, %1$s) SELECT runner, %1$s".formatted(Rows.COLUMNS)
          + " FROM plan CROSS JOIN arrival USING (seq) WHERE place > ? AND place <= ?"
          + " ORDER BY place";

  private final Sizes sizes;
  private final LongConsumer compacted;
  private Phase phase = Phase.GATHERING;
  private long waiting;
  private int rounds;
  private int wantedRounds;
  private long untilSeq;
  private int planned;
  private int moved;

  /**
   * @param compacted is told the number up to which everything is in the tracks
   */
  Compaction(Sizes sizes, LongConsumer compacted) {
    this.sizes = sizes;
    this.compacted = compacted;
  }

  void arrived(int more) {
    waiting += more;
  }

  /** Requests that the present journal be moved; returns the {@link #rounds} by which it is. */
  int compactAll() {
    wantedRounds = rounds + (phase == Phase.GATHERING ? 1 : 2);
    return wantedRounds;
  }

  /** The number of finished rounds. */
  int rounds() {
    return rounds;
  }

  @Override
  public boolean isDue() {
    return rounds < wantedRounds || phase != Phase.GATHERING || waiting >= sizes.round();
  }

  @Override
  public void begin(Statements statements) throws SQLException {
    phase = Phase.GATHERING;
    waiting = statements.number("SELECT count(*) FROM arrival");
  }

  @Override
  public Runnable step(Statements statements) throws SQLException {
    return switch (phase) {
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
    untilSeq = statements.number("SELECT max(seq) FROM arrival");
    waiting = planned;
    moved = 0;
    return () -> phase = Phase.MOVING;
  }

  private Runnable move(Statements statements) throws SQLException {
    int to = Math.min(planned, moved + sizes.batch());
    statements.change(MOVE, moved, to);
    return () -> {
      moved = to;
      if (moved == planned) {
        phase = Phase.CLEARING;
        compacted.accept(untilSeq);
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
            sizes.batch());
    return () -> {
      waiting -= cleared;
      if (cleared < sizes.batch()) {
        phase = Phase.GATHERING;
        rounds++;
      }
    };
  }
}
