package dev.trackside.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A connection with the statements that were prepared on it. One thread at a time. */
final class Statements implements AutoCloseable {
  /** Makes something of one row. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** How long commits are kept waiting for those who read from the write-ahead log. */
  private static final int READERS_LEAVE_MS = 50;

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** The statement with these values in its places: numbers and texts. */
  PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  <T> List<T> list(Row<T> row, String sql, Object... values) throws SQLException {
    var list = new ArrayList<T>();
    try (ResultSet result = prepare(sql, values).executeQuery()) {
      while (result.next()) {
        list.add(row.read(result));
      }
    }
    return list;
  }

  /** The number in the first row, or {@code otherwise} when there is no row or no number. */
  long number(long otherwise, String sql, Object... values) throws SQLException {
    try (ResultSet result = prepare(sql, values).executeQuery()) {
      if (!result.next()) {
        return otherwise;
      }
      long number = result.getLong(1);
      return result.wasNull() ? otherwise : number;
    }
  }

  /** Changes rows; returns how many. */
  int change(String sql, Object... values) throws SQLException {
    return prepare(sql, values).executeUpdate();
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  /**
   * Writes the write-ahead log into the database and empties it.
   *
   * @return false when it could not be done at once, because somebody reads from it still
   */
  boolean emptyWal() {
    try (var statement = connection.createStatement()) {
      connection.setAutoCommit(true);
      statement.execute("PRAGMA busy_timeout = " + READERS_LEAVE_MS);
      try (ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
        return result.next() && result.getInt(1) == 0;
      } finally {
        statement.execute("PRAGMA busy_timeout = " + Database.BUSY_MS);
        connection.setAutoCommit(false);
      }
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
