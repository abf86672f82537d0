package dev.trackside.history;

import dev.trackside.log.Newest;
import dev.trackside.track.Runner;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database as the writer has it: a transaction stores a batch and does a step of one chore. It
 * is opened anew after a failure. One thread at a time.
 */
final class Transactions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

  private record Open(Statements statements, Journal journal) {}

  private final Database database;
  private final Newest newest;
  private final Compaction compaction;
  private final Erasure sweeping;
  private final Retention aging;
  private final List<MaintenanceTask> chores;
  private @Nullable Open open;

  /**
   * The transactions of one log.
   *
   * @param newest is told what it need not keep any more
   */
  Transactions(Database database, Newest newest, Sizes sizes, AgeLimits ages) {
    this.database = database;
    this.newest = newest;
    compaction = new Compaction(sizes, newest::release);
    sweeping = new Erasure(compaction);
    aging = new Retention(ages, compaction, this::expired);
    chores = List.of(sweeping, compaction, aging);
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
      MaintenanceTask chore = dueChore();
      Journal.Written written = transactions.journal.write(batch);
      Runnable step = chore == null ? () -> {} : chore.step(transactions.statements);
      transactions.statements.commit();
      compaction.arrived(written.arrived());
      sweeping.erased(written.erased());
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
      for (MaintenanceTask chore : chores) {
        chore.begin(statements);
      }
    }
    return transactions;
  }

  /** Whether there is something to do though nothing arrives; at first that is to look. */
  boolean hasChores() {
    return open == null || dueChore() != null;
  }

  private @Nullable MaintenanceTask dueChore() {
    for (MaintenanceTask chore : chores) {
      if (chore.isDue()) {
        return chore;
      }
    }
    return null;
  }

  /** Whether chores may come with time, though nothing arrives. */
  boolean looksForChores() {
    return aging.isEver() || sweeping.isPostponed();
  }

  String sentence(Throwable failure) {
    return Trouble.sentence(database.file(), failure);
  }

  Path file() {
    return database.file();
  }

  @Override
  public void close() {
    Open transactions = open;
    open = null;
    if (transactions != null) {
      try {
        transactions.statements.close();
      } catch (SQLException e) {
        LOG.warn("{} did not close: {}", database.file(), e.getMessage());
      }
    }
  }
}
