package dev.trackside.history;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.trackside.access.Registry;
import dev.trackside.access.RegistryEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims, links and secrets in their own SQLite database, used by one thread. */
final class SqliteRegistry implements Registry {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteRegistry.class);

  /** Many removals are swept out at once: each time the whole file is written anew. */
  private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(5);

  /** Long enough that one sweep is for a claim and all of its links. */
  private static final Duration GATHERING = Duration.ofMillis(200);

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final Database database;
  private final Statements statements;
  private final RegistryRows rows;
  private final List<Watcher> watchers = new ArrayList<>();
  private volatile RegistryVersion version;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("registry").daemon().factory());

  /** Whether what was removed is still to be swept out of the files. For the thread. */
  private boolean unswept;

  private long sweptNanos = System.nanoTime() - BETWEEN_SWEEPS.toNanos();

  /**
   * Opens the registry in a directory, and creates it if there is none.
   *
   * @throws IOException if it cannot be opened; the message is a sentence for the operator
   */
  SqliteRegistry(Path directory) throws IOException {
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    database = new Database(directory.resolve("access.db"), true, "registry", 5);
    try {
      statements = new Statements(database.openWriter());
      rows = new RegistryRows(statements);
      var _ = all(); // unusable rows are reported at the start
      version = run(rows::version);
      if (run(rows::isUnswept)) { // the last process may have ended before
        sweepLater(0);
      }
    } catch (SQLException e) {
      throw new IOException(Trouble.sentence(database.file(), e), e);
    } catch (UncheckedIOException e) {
      close();
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Whether it was created when it was opened. */
  boolean isNew() {
    return database.wasCreated();
  }

  Path file() {
    return database.file();
  }

  RegistryVersion version() {
    return version;
  }

  List<RegistryEntry> all() {
    return run(rows::all);
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

  /** Runs an action after every change from now on. */
  void whenChanged(Runnable action) {
    var _ = run(() -> watchers.add((_, _) -> action.run()));
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
      @Nullable RegistryEntry before, @Nullable RegistryEntry after, Callable<Boolean> change) {
    return run(
        () -> {
          boolean changed = commit(change);
          if (changed) {
            watchers.forEach(watcher -> watcher.changed(before, after));
          }
          if (changed && after == null && !unswept) {
            unswept = true;
            long restNanos = sweptNanos + BETWEEN_SWEEPS.toNanos() - System.nanoTime();
            sweepLater(Math.max(GATHERING.toNanos(), restNanos));
          }
          return changed;
        });
  }

  private boolean commit(Callable<Boolean> change) throws Exception {
    try {
      boolean changed = change.call();
      if (changed) {
        rows.countChange();
      }
      RegistryVersion next = rows.version();
      statements.commit();
      version = next;
      return changed;
    } catch (Exception e) {
      statements.rollback();
      throw e;
    }
  }

  private void sweepLater(long inNanos) {
    var _ = thread.schedule(this::sweep, inNanos, NANOSECONDS);
  }

  /** Sweeps what was removed out of the files. */
  private void sweep() {
    if (statements.rewrite() && isMarkedSwept()) {
      unswept = false;
      sweptNanos = System.nanoTime();
    } else {
      unswept = true;
      sweepLater(BETWEEN_TRIES.toNanos());
    }
  }

  private boolean isMarkedSwept() {
    try {
      rows.markSwept(true);
      statements.commit();
      return true;
    } catch (SQLException e) {
      rollBack();
      return false;
    }
  }

  private void rollBack() {
    try {
      statements.rollback();
    } catch (SQLException e) {
      LOG.warn("A change of {} was not taken back: {}", database.file(), e.getMessage());
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

  private void end() {
    if (unswept && statements.rewrite()) {
      var _ = isMarkedSwept();
    }
    statements.close();
  }

  @Override
  public void close() {
    if (!thread.isShutdown()) {
      thread.execute(this::end);
      thread.close();
    }
  }
}
