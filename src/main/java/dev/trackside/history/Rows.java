package dev.trackside.history;

import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/** Positions as rows of the tables {@code arrival} and {@code position}, and back. */
final class Rows {
  private static final String MEASURES =
      "lat_deg, lon_deg, alt_m, accuracy_m, speed_mps, heading_deg, battery, heart_rate, queue";
  static final String COLUMNS =
      "seq, previous_seq, t_ms, given_ms, arrived_ms, late, " + MEASURES + ", extras";
  static final String SELECT = "SELECT " + COLUMNS;
  static final String SELECT_WITH_ID = SELECT + ", runner.id";

  /**
   * Replaces personal values with as many bytes that say nothing. SQLite writes them in the same
   * place, so whatever it moves and copies later, while rows are deleted, is no secret any more.
   */
  static final String BLANKED =
      " SET "
          + MEASURES.replaceAll("\\w+", "$0 = iif($0 = CAST($0 AS INTEGER), $0, 0.5)")
          + ", extras = iif(extras IS NULL, NULL,"
          + " replace(hex(zeroblob(octet_length(extras))), '00', '.'))";

  private static final int AFTER_COLUMNS = 17;

  /** The value of given_ms if the sender gave no time. */
  private static final long NONE_GIVEN = 0;

  private Rows() {}

  /** A commit that was reported as failed may have happened, so the row may exist already. */
  static String insert(String table) {
    return "INSERT OR IGNORE INTO "
        + table
        + " ("
        + COLUMNS
        + ", runner) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
  }

  static void bind(PreparedStatement row, Position position, long runnerNo) throws SQLException {
    Fix fix = position.fix();
    row.setLong(1, position.seq());
    row.setLong(2, position.previousSeq());
    row.setLong(3, position.tMs());
    if (!fix.hasTime()) {
      row.setLong(4, NONE_GIVEN);
    } else if (fix.tMs() != position.tMs()) {
      row.setLong(4, fix.tMs());
    } else {
      row.setNull(4, Types.INTEGER);
    }
    row.setLong(5, position.arrivedMs());
    row.setInt(6, position.late() ? 1 : 0);
    row.setDouble(7, fix.latDeg());
    row.setDouble(8, fix.lonDeg());
    row.setDouble(9, fix.altM()); // from here on NaN, which SQLite stores as NULL, is unknown
    row.setDouble(10, fix.accuracyM());
    row.setDouble(11, fix.speedMps());
    row.setDouble(12, fix.headingDeg());
    row.setDouble(13, fix.batteryPercent());
    row.setDouble(14, fix.heartRateBpm());
    row.setDouble(15, fix.queue());
    row.setString(16, fix.extras().isEmpty() ? null : fix.extras());
    row.setLong(AFTER_COLUMNS, runnerNo);
  }

  /** Reads a row that starts with {@link #SELECT_WITH_ID}. */
  static Position readWithId(ResultSet row) throws SQLException {
    return read(row, new Runner(row.getString(AFTER_COLUMNS)));
  }

  /** Reads a row that starts with {@link #COLUMNS}. */
  static Position read(ResultSet row, Runner runner) throws SQLException {
    long tMs = row.getLong(3);
    long givenMs = row.getLong(4);
    boolean asGiven = row.wasNull();
    String extras = row.getString(16);
    var fix =
        new Fix(
            asGiven ? tMs : givenMs == NONE_GIVEN ? Fix.NO_TIME : givenMs,
            row.getDouble(7),
            row.getDouble(8),
            known(row, 9),
            known(row, 10),
            known(row, 11),
            known(row, 12),
            known(row, 13),
            known(row, 14),
            known(row, 15),
            extras == null ? "" : extras);
    return new Position(
        runner, row.getLong(1), tMs, row.getLong(5), row.getInt(6) != 0, fix, row.getLong(2));
  }

  private static double known(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Fix.UNKNOWN : value;
  }
}
