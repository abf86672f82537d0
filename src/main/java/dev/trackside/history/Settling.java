package dev.trackside.history;

import static dev.trackside.history.Rows.COLUMNS;

import java.sql.SQLException;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Moves what has arrived to the tracks, in rounds. A round sorts a whole journal by runner, so that
 * each page of the tracks is touched once for many positions, and moves it a stretch at a time.
 */
final class Settling implements Chore {
  private enum Stage {
    GATHERING,
    MOVING,
    CLEARING
  }

  private record Key(long runner, long seq) {
    static final Key FIRST = new Key(0, 0);
    static final Key LAST = new Key(Long.MAX_VALUE, 0);
  }

  private final Sizes sizes;
  private final LongConsumer settled;
  private Stage stage = Stage.GATHERING;
  private long waiting;
  private int rounds;
  private int wantedRounds;
  private long untilSeq;
  private List<Key> ends = List.of();
  private int stretch;

  /**
   * The chore for one log.
   *
   * @param settled is told up to which number everything is in the tracks
   */
  Settling(Sizes sizes, LongConsumer settled) {
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
    untilSeq = statements.number(0, "SELECT max(seq) FROM arrival");
    waiting = statements.number(0, "SELECT count(*) FROM arrival");
    ends =
        statements.list(
            row -> new Key(row.getLong(1), row.getLong(2)),
            "SELECT runner, seq FROM (SELECT runner, seq, row_number() OVER (ORDER BY runner, seq)"
                + " AS place FROM arrival) WHERE place % ? = 0",
            sizes.stretch());
    ends.add(Key.LAST);
    stretch = 0;
    return () -> stage = Stage.MOVING;
  }

  private Runnable move(Statements statements) throws SQLException {
    Key after = stretch == 0 ? Key.FIRST : ends.get(stretch - 1);
    Key end = ends.get(stretch);
    statements.change(
        "INSERT OR IGNORE INTO position (runner, "
            + COLUMNS
            + ") SELECT runner, "
            + COLUMNS
            + " FROM arrival WHERE seq <= ? AND (runner, seq) > (?, ?) AND (runner, seq) <= (?, ?)"
            + " ORDER BY runner, seq",
        untilSeq,
        after.runner,
        after.seq,
        end.runner,
        end.seq);
    return () -> {
      stretch++;
      if (stretch == ends.size()) {
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
