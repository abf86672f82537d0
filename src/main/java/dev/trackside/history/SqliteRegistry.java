package dev.trackside.history;

import static java.util.Objects.requireNonNull;

import dev.trackside.access.Registry;
import dev.trackside.access.RegistryEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Claims, links and secrets in an SQLite database of their own, on one thread. */
public final class SqliteRegistry implements Registry {
  /** Something that is done on the registry's thread. */
  private interface Change {
    boolean happens() throws SQLException;
  }

  private final Database database;
  private final Statements statements;
  private final RegistryRows rows;
  private final List<Watcher> watchers = new ArrayList<>();
  private volatile RegistryVersion version = RegistryVersion.NONE;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("registry").daemon().factory());

  private SqliteRegistry(Database database, Statements statements) {
    this.database = database;
    this.statements = statements;
    this.rows = new RegistryRows(statements);
  }

  /**
   * Opens the registry in a directory, and makes it when there is none.
   *
   * @throws IOException when it cannot be opened; the message is a sentence for the operator
   */
  public static SqliteRegistry open(Path directory) throws IOException {
    var database = new Database(directory.resolve("access.db"), true, "registry", 3);
    SqliteRegistry registry;
    try {
      registry = new SqliteRegistry(database, new Statements(database.openWriter()));
    } catch (SQLException e) {
      throw new IOException(Trouble.sentence(database.file(), e), e);
    }
    try {
      var _ = registry.run(registry.rows::all); // what nobody could use is told at the start
      registry.version = registry.run(registry.rows::version);
      return registry;
    } catch (UncheckedIOException e) {
      registry.close();
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Whether there was none before this one was opened. */
  boolean isNew() {
    return database.wasMade();
  }

  Path file() {
    return database.file();
  }

  /** What tells it from other registries, and how often it has changed. */
  RegistryVersion version() {
    return version;
  }

  @Override
  public void watch(Watcher watcher) {
    var _ =
        run(
            () -> {
              rows.all().forEach(entry -> watcher.changed(null, entry));
              return watchers.add(watcher);
            });
  }

  @Override
  public boolean create(RegistryEntry entry) {
    return change(null, entry, () -> rows.find(entry) == null && rows.put(entry));
  }

  @Override
  public boolean replace(RegistryEntry before, RegistryEntry after) {
    return change(before, after, () -> before.equals(rows.find(before)) && rows.put(after));
  }

  @Override
  public boolean remove(RegistryEntry entry) {
    return change(entry, null, () -> entry.equals(rows.find(entry)) && rows.remove(entry));
  }

  private boolean change(
      @Nullable RegistryEntry before, @Nullable RegistryEntry after, Change change) {
    return run(
        () -> {
          boolean happens = commit(change);
          if (happens) {
            watchers.forEach(watcher -> watcher.changed(before, after));
          }
          return happens;
        });
  }

  private boolean commit(Change change) throws SQLException {
    try {
      boolean happens = change.happens();
      if (happens) {
        rows.count();
      }
      RegistryVersion next = rows.version();
      statements.commit();
      version = next;
      return happens;
    } catch (SQLException | RuntimeException e) {
      statements.rollback();
      throw e;
    }
  }

  private <T> T run(Callable<T> call) {
    try {
      return thread.submit(call).get();
    } catch (ExecutionException e) {
      Throwable cause = requireNonNull(e.getCause());
      throw new UncheckedIOException(
          Trouble.sentence(database.file(), cause), new IOException(cause));
    } catch (RejectedExecutionException | CancellationException e) {
      throw closed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw closed(e);
    }
  }

  private static UncheckedIOException closed(Exception e) {
    return new UncheckedIOException("The registry is closed.", new IOException(e));
  }

  @Override
  public void close() {
    if (thread.isShutdown()) {
      return;
    }
    var _ =
        run(
            () -> {
              statements.close();
              return true;
            });
    thread.close();
  }
}
