package dev.trackside.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** An SQLite file. Safe for use by many threads; each connection is for one thread. */
final class Database {
  static final int BUSY_MS = 2_000;
  private static final int WRITER_CACHE_KIB = 32 * 1024;
  private static final int READER_CACHE_KIB = 4 * 1024;
  private static final int CHECKPOINT_PAGES = 4_000;
  private static final int KEPT_WAL_BYTES = 64 * 1024 * 1024;

  private final Path file;
  private final boolean full;
  private final String schema;
  private final int newest;
  private volatile boolean created;

  /**
   * @param full whether a commit waits until it would survive a power cut
   * @param schema the name of the scripts: {@code schema-1.sql} and so on
   * @param newest the number of the last script
   */
  Database(Path file, boolean full, String schema, int newest) {
    this.file = file;
    this.full = full;
    this.schema = schema;
    this.newest = newest;
  }

  Path file() {
    return file;
  }

  /** Whether it was empty before it was first opened. */
  boolean wasCreated() {
    return created;
  }

  /** Opens a connection that writes, in transactions. Brings the schema up to date. */
  Connection openWriter() throws SQLException {
    SQLiteConfig config = config(WRITER_CACHE_KIB);
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(full ? SynchronousMode.FULL : SynchronousMode.NORMAL);
    config.setJournalSizeLimit(KEPT_WAL_BYTES);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA secure_delete = ON");
      statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
      connection.setAutoCommit(false);
      migrate(statement);
      connection.commit();
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  Connection openReader() throws SQLException {
    SQLiteConfig config = config(READER_CACHE_KIB);
    config.setReadOnly(true);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private static SQLiteConfig config(int cacheKib) {
    var config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MS);
    config.setGetGeneratedKeys(false); // otherwise each INSERT is followed by a SELECT
    config.setCacheSize(-cacheKib);
    return config;
  }

  private void migrate(Statement statement) throws SQLException {
    int version;
    try (ResultSet result = statement.executeQuery("PRAGMA user_version")) {
      version = result.getInt(1);
    }
    if (version > newest) {
      throw new NewerSchema(file, version, newest);
    }
    created |= version == 0;
    while (version < newest) {
      version++;
      for (String command : script(version).split(";", -1)) {
        if (!command.isBlank()) {
          statement.execute(command);
        }
      }
      statement.execute("PRAGMA user_version = " + version);
    }
  }

  /** A script without its comments, which may hold semicolons. */
  private String script(int version) {
    String name = "/history/" + schema + "-" + version + ".sql";
    try (var in = Database.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name);
      }
      return new String(in.readAllBytes(), UTF_8).replaceAll("--[^\n]*", "");
    } catch (IOException e) {
      throw new UncheckedIOException("The schema is not in the jar.", e);
    }
  }

  /** The file was written by a newer Trackside. */
  static final class NewerSchema extends SQLException {
    private static final long serialVersionUID = 1;

    NewerSchema(Path file, int version, int known) {
      super(
          "%s was written by a newer Trackside (schema %d, this one knows %d)."
              .formatted(file, version, known));
    }
  }
}
