package dev.trackside.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection with its prepared statements. One thread at a time. */
final class Statements implements AutoCloseable {
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Statements.class);

  /** How long a checkpoint waits for readers of the write-ahead log. */
  private static final int CHECKPOINT_WAIT_MS = 50;

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** The statement with numbers and texts as its parameters. */
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

  <T> List<T> list(RowReader<T> reader, String sql, Object... values) throws SQLException {
    var list = new ArrayList<T>();
    try (ResultSet result = prepare(sql, values).executeQuery()) {
      while (result.next()) {
        list.add(reader.read(result));
      }
    }
    return list;
  }

  /** The number in the first row, or 0 if there is no row or it holds NULL. */
  long number(String sql, Object... values) throws SQLException {
    try (ResultSet result = prepare(sql, values).executeQuery()) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  /** Changes rows, and returns how many. */
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
   * @return false if a reader still needs it
   */
  boolean emptyWal() {
    return checkpoint(false);
  }

  /**
   * Writes the database anew, so that nothing is left in it of what was deleted, and empties the
   * write-ahead log. Takes as long as the database is large.
   *
   * @return false if that has to be tried again
   */
  boolean rewrite() {
    return checkpoint(true);
  }

  private boolean checkpoint(boolean rewritten) {
    try (var statement = connection.createStatement()) {
      connection.setAutoCommit(true);
      try {
        statement.execute("PRAGMA busy_timeout = " + CHECKPOINT_WAIT_MS);
        if (rewritten) {
          statement.execute("VACUUM");
        }
        try (ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
          return result.next() && result.getInt(1) == 0;
        }
      } finally {
        statement.execute("PRAGMA busy_timeout = " + Database.BUSY_MS);
        connection.setAutoCommit(false);
      }
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.warn("A connection did not close: {}", e.getMessage());
    }
  }
}
