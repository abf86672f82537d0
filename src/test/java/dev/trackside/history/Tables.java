package dev.trackside.history;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** The tables of a log as seen by another program that has the file open. */
final class Tables implements AutoCloseable {
  private final Connection connection;

  Tables(Path directory) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("trackside.db"));
    run("PRAGMA busy_timeout = 5000");
  }

  void run(String... commands) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    }
  }

  long number(String query) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  long rows(String table) throws SQLException {
    return number("SELECT count(*) FROM " + table);
  }

  void awaitRows(String table, long count) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(20))
        .until(() -> rows(table) == count);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
