package dev.trackside.load;

import dev.trackside.support.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;

/** A server of its own, on a fresh directory, for one measurement. */
final class Bench implements AutoCloseable {
  private static final String STORED =
      "SELECT (SELECT count(*) FROM arrival) + (SELECT count(*) FROM position)";

  private final Path directory;
  private final Launched server;
  private final int port;

  /**
   * @param javaOptions in addition to those of the launcher
   * @param options of the server
   */
  Bench(Path parent, String javaOptions, String... options) throws IOException {
    directory = Files.createTempDirectory(parent, "log-load");
    server =
        Launched.on(
            data(),
            0,
            Map.of("TRACKSIDE_JAVA_OPTS", "-Xlog:gc:file=" + gcLog() + " " + javaOptions),
            options);
    port = server.awaitUp();
  }

  Path data() {
    return directory.resolve("data");
  }

  Path gcLog() {
    return directory.resolve("gc.log");
  }

  Launched server() {
    return server;
  }

  int port() {
    return port;
  }

  /** Ends the server, and counts what its file holds. */
  long endAndCountStored() throws IOException, InterruptedException {
    int code = server.terminate();
    if (code != 143) {
      throw new IOException("the server ended with " + code);
    }
    String file = "jdbc:sqlite:file:" + data().resolve("trackside.db") + "?mode=ro";
    try (var connection = DriverManager.getConnection(file);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(STORED)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
