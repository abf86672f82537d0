package dev.trackside.history;

import static dev.trackside.history.Rows.COLUMNS;

import dev.trackside.log.RunnerPast;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Reads single runners from the table {@code position}. One thread at a time. */
final class TrackRows {
  private static final String HIS = " FROM position WHERE runner = ?";

  private final Statements statements;

  TrackRows(Statements statements) {
    this.statements = statements;
  }

  /** The runner's number in the tables, or 0. */
  long numberOf(Runner runner) throws SQLException {
    return statements.number(0, "SELECT no FROM runner WHERE id = ?", runner.id());
  }

  /** What is known of a runner, and which of the fixes are stored already. */
  RunnerPast known(Runner runner, List<Fix> fixes, long version) throws SQLException {
    long no = numberOf(runner);
    List<Position> newest = latest(runner, 1);
    if (newest.isEmpty()) {
      return RunnerPast.nothing(version);
    }
    long tMs = statements.number(0, "SELECT max(t_ms)" + HIS, no);
    long givenMs =
        statements.number(0, "SELECT max(given_ms)" + HIS + " AND given_ms IS NOT NULL", no);
    return new RunnerPast(version, newest, tMs, Math.max(tMs, givenMs), duplicates(no, fixes));
  }

  List<Position> latest(Runner runner, int each) throws SQLException {
    String sql = "SELECT " + COLUMNS + HIS + " ORDER BY seq DESC LIMIT ?";
    return list(runner, sql, numberOf(runner), each).reversed();
  }

  List<Position> after(Runner runner, long seq, int limit) throws SQLException {
    String sql = "SELECT " + COLUMNS + HIS + " AND seq > ? ORDER BY seq LIMIT ?";
    return list(runner, sql, numberOf(runner), seq, limit);
  }

  List<Position> between(Runner runner, long fromMs, long fromSeq, long toMs, int limit)
      throws SQLException {
    String sql =
        "SELECT "
            + COLUMNS
            + HIS
            + " AND (t_ms, seq) > (?, ?) AND t_ms <= ? ORDER BY t_ms, seq LIMIT ?";
    return list(runner, sql, numberOf(runner), fromMs, fromSeq, toMs, limit);
  }

  private List<Position> list(Runner runner, String sql, Object... values) throws SQLException {
    return statements.list(row -> Rows.read(row, runner), sql, values);
  }

  long newestSeq(Runner runner) throws SQLException {
    return statements.number(0, "SELECT max(seq)" + HIS, numberOf(runner));
  }

  /** Who has an older number may have missed something. */
  long floorSeq(Runner runner) throws SQLException {
    return statements.number(
        Long.MAX_VALUE, "SELECT floor_seq FROM runner WHERE id = ?", runner.id());
  }

  private Map<Fix, Long> duplicates(long no, List<Fix> fixes) throws SQLException {
    String place = " WHERE runner = ? AND lat_deg = ? AND lon_deg = ?";
    String asGiven =
        "SELECT seq FROM position INDEXED BY position_by_time"
            + place
            + " AND t_ms = ? AND given_ms IS NULL LIMIT 1";
    String ahead =
        "SELECT seq FROM position INDEXED BY position_by_given_time"
            + place
            + " AND given_ms = ? LIMIT 1";
    var found = new IdentityHashMap<Fix, Long>();
    for (Fix fix : fixes) {
      if (fix.hasTime()) {
        Object[] moment = {no, fix.latDeg(), fix.lonDeg(), fix.tMs()};
        long seq = statements.number(0, asGiven, moment);
        seq = seq == 0 ? statements.number(0, ahead, moment) : seq;
        if (seq != 0) {
          found.put(fix, seq);
        }
      }
    }
    return found;
  }
}
