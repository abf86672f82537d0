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
  static final String COLUMNS =
      "seq, previous_seq, t_ms, given_ms, arrived_ms, late, lat_deg, lon_deg, alt_m, accuracy_m,"
          + " speed_mps, heading_deg, battery, heart_rate, queue, extras";

  private static final int AFTER_COLUMNS = 17;

  /** Stands in given_ms for a sender who gave no moment. */
  private static final long NONE_GIVEN = 0;

  private Rows() {}

  /** A commit that was reported as failed may have happened: then the row is there already. */
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
    known(row, 9, fix.altM());
    known(row, 10, fix.accuracyM());
    known(row, 11, fix.speedMps());
    known(row, 12, fix.headingDeg());
    known(row, 13, fix.batteryPercent());
    known(row, 14, fix.heartRateBpm());
    known(row, 15, fix.queue());
    row.setString(16, fix.extras().isEmpty() ? null : fix.extras());
    row.setLong(AFTER_COLUMNS, runnerNo);
  }

  private static void known(PreparedStatement row, int column, double value) throws SQLException {
    if (Double.isNaN(value)) {
      row.setNull(column, Types.REAL);
    } else {
      row.setDouble(column, value);
    }
  }

  /** Reads a row that begins with {@link #COLUMNS}. */
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
