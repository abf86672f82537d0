package dev.trackside.history;

import static dev.trackside.history.Rows.COLUMNS;

import dev.trackside.log.Newest;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Reads everyone in a race from the table {@code position}, which is ordered by runner: each read
 * looks once into every runner's track. One thread at a time.
 */
final class RaceRows {
  /** Runners' ids that begin with the race and a slash. */
  private static final String THEM = " runner.id >= ? || '/' AND runner.id < ? || '0'";

  private static final String THEIRS =
      "SELECT "
          + COLUMNS
          + ", runner.id FROM runner CROSS JOIN position ON position.runner = runner.no WHERE"
          + THEM;

  private final Statements statements;

  RaceRows(Statements statements) {
    this.statements = statements;
  }

  private static Position read(ResultSet row) throws SQLException {
    return Rows.read(row, new Runner(row.getString(17)));
  }

  List<Runner> runners(String race) throws SQLException {
    String sql = "SELECT id FROM runner WHERE" + THEM;
    return statements.list(row -> new Runner(row.getString(1)), sql, race, race);
  }

  Newest.Latest latest(String race, int each) throws SQLException {
    String theirs = "SELECT no FROM runner WHERE" + THEM;
    List<Long> runners = statements.list(row -> row.getLong(1), theirs, race, race);
    boolean all = isAtMost(TrackReader.MOST, runners, each);
    int share = all ? each : Math.max(1, TrackReader.MOST / runners.size());
    String sql =
        THEIRS
            + " AND seq >= coalesce((SELECT seq FROM position WHERE runner = runner.no"
            + " ORDER BY seq DESC LIMIT 1 OFFSET ?), 0) ORDER BY seq";
    return new Newest.Latest(statements.list(RaceRows::read, sql, race, race, share - 1), all);
  }

  /** Whether so many of each are not more than {@code most} together. */
  private boolean isAtMost(int most, List<Long> runners, int each) throws SQLException {
    String sql = "SELECT count(*) FROM (SELECT 1 FROM position WHERE runner = ? LIMIT ?)";
    long left = most;
    for (int i = 0; i < runners.size() && left >= 0; i++) {
      left -= statements.number(0, sql, runners.get(i), Math.min(each, left + 1));
    }
    return left >= 0;
  }

  /**
   * What arrived after a number. Looks at a stretch of numbers that gets longer until enough is in
   * it, so that a race of many runners is not sorted as a whole.
   */
  List<Position> after(String race, long seq, int limit) throws SQLException {
    String sql = THEIRS + " AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?";
    long newest = newestSeq(race);
    long from = Math.max(seq, nextSeq(race, seq) - 1);
    for (long length = 4L * limit; ; length *= 4) {
      long to = from + length;
      List<Position> found = statements.list(RaceRows::read, sql, race, race, from, to, limit);
      if (found.size() == limit || to >= newest) {
        return found;
      }
    }
  }

  private long nextSeq(String race, long seq) throws SQLException {
    return statements.number(
        0,
        "SELECT min((SELECT min(seq) FROM position WHERE runner = runner.no AND seq > ?))"
            + " FROM runner WHERE"
            + THEM,
        seq,
        race,
        race);
  }

  long newestSeq(String race) throws SQLException {
    return statements.number(
        0,
        "SELECT max((SELECT max(seq) FROM position WHERE runner = runner.no)) FROM runner WHERE"
            + THEM,
        race,
        race);
  }

  /** Who has an older number may have missed something. */
  long floorSeq(String race) throws SQLException {
    return statements.number(Long.MAX_VALUE, "SELECT floor_seq FROM race WHERE id = ?", race);
  }
}
