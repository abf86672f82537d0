package dev.trackside.history;

import dev.trackside.log.Newest;
import dev.trackside.log.OpenIds;
import dev.trackside.track.Runner;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The writer's transactions: each stores a batch and does a step of one task. The database is
 * opened again after a failure. One thread at a time.
 */
final class Transactions implements AutoCloseable {
  private record Open(Statements statements, Journal journal) {}

  private final Database database;
  private final Newest newest;
  private final Compaction compaction;
  private final Erasure erasure;
  private final Retention retention;
  private final List<MaintenanceTask> tasks;
  private @Nullable Open open;

  /**
   * @param newest is told which positions it may drop
   */
  Transactions(
      Database database,
      Newest newest,
      Sizes sizes,
      KeepSettings keep,
      OpenIds openIds,
      InstantSource clock) {
    this.database = database;
    this.newest = newest;
    compaction = new Compaction(sizes, newest::release);
    erasure = new Erasure(compaction);
    retention = new Retention(keep, openIds, clock, compaction, this::expired);
    tasks = List.of(erasure, compaction, retention);
  }

  private void expired(Runner runner, long seq, boolean last) {
    newest.expire(runner, seq, last);
    if (open != null) {
      open.journal.unlearn(runner);
    }
  }

  void write(List<JournalEntry> batch) throws SQLException {
    try {
      Open transactions = open();
      MaintenanceTask task = dueTask();
      Journal.Outcome written = transactions.journal.write(batch);
      Runnable step = task == null ? () -> {} : task.step(transactions.statements);
      transactions.statements.commit();
      compaction.arrived(written.arrived());
      erasure.erased(written.erased());
      step.run();
    } catch (SQLException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private Open open() throws SQLException {
    Open transactions = open;
    if (transactions == null) {
      var statements = new Statements(database.openWriter());
      transactions = new Open(statements, new Journal(statements));
      open = transactions;
      for (MaintenanceTask task : tasks) {
        task.begin(statements);
      }
    }
    return transactions;
  }

  /** Whether a task is due, or the tables have not been looked at yet. */
  boolean hasTasks() {
    return open == null || dueTask() != null;
  }

  private @Nullable MaintenanceTask dueTask() {
    for (MaintenanceTask task : tasks) {
      if (task.isDue()) {
        return task;
      }
    }
    return null;
  }

  /** Whether a task may become due with time. */
  boolean mayHaveTasks() {
    return retention.isLimited() || erasure.isWaiting();
  }

  String sentence(Throwable failure) {
    return Trouble.sentence(database.file(), failure);
  }

  Path file() {
    return database.file();
  }

  @Override
  public void close() {
    if (open != null) {
      open.statements.close();
      open = null;
    }
  }
}
