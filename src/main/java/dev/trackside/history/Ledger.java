package dev.trackside.history;

import dev.trackside.track.Newest;
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
final class Ledger implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private record Open(Statements statements, Journal journal) {}

  private final Database database;
  private final Newest newest;
  private final Settling settling;
  private final Sweeping sweeping;
  private final Aging aging;
  private final List<Chore> chores;
  private @Nullable Open open;

  /**
   * The ledger of one log.
   *
   * @param newest is told what it need not keep any more
   */
  Ledger(Database database, Newest newest, Sizes sizes, Ages ages) {
    this.database = database;
    this.newest = newest;
    settling = new Settling(sizes, newest::release);
    sweeping = new Sweeping(settling);
    aging = new Aging(ages, settling, this::expired);
    chores = List.of(sweeping, settling, aging);
  }

  private void expired(Runner runner, long seq, boolean last) {
    newest.expire(runner, seq, last);
    if (open != null) {
      open.journal.unlearn(runner);
    }
  }

  void write(List<Entry> batch) throws SQLException {
    try {
      Open ledger = open();
      Chore chore = dueChore();
      Journal.Written written = ledger.journal.write(batch);
      Runnable step = chore == null ? () -> {} : chore.step(ledger.statements);
      ledger.statements.commit();
      settling.arrived(written.arrived());
      sweeping.erased(written.erased());
      step.run();
    } catch (SQLException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private Open open() throws SQLException {
    Open ledger = open;
    if (ledger == null) {
      var statements = new Statements(database.openWriter());
      ledger = new Open(statements, new Journal(statements));
      open = ledger;
      for (Chore chore : chores) {
        chore.begin(statements);
      }
    }
    return ledger;
  }

  /** Whether there is something to do though nothing arrives; at first that is to look. */
  boolean hasChores() {
    return open == null || dueChore() != null;
  }

  private @Nullable Chore dueChore() {
    for (Chore chore : chores) {
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
    Open ledger = open;
    open = null;
    if (ledger != null) {
      try {
        ledger.statements.close();
      } catch (SQLException e) {
        LOG.warn("{} did not close: {}", database.file(), e.getMessage());
      }
    }
  }
}
