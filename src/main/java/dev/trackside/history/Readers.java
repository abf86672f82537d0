package dev.trackside.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few platform threads that read, each over its own connection: on a virtual thread SQLite would
 * pin the carrier. Safe for use by many threads.
 */
final class Readers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
  private static final int THREADS = 4;

  /** Reads something over one connection. */
  interface Query<T> {
    T read(PositionTable table) throws SQLException;
  }

  private final Database database;
  private final Queue<Statements> idle = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().name("log-reader-", 0).daemon().factory());

  Readers(Database database) {
    this.database = database;
  }

  /**
   * Runs a query and waits for it.
   *
   * @throws UncheckedIOException if reading fails; the message is a sentence
   */
  <T> T read(Query<T> query) {
    try {
      return submit(query).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof UncheckedIOException cause ? cause : e;
    }
  }

  /** Runs a query; the future fails with an {@link UncheckedIOException} if reading fails. */
  <T> CompletableFuture<T> submit(Query<T> query) {
    try {
      return CompletableFuture.supplyAsync(() -> readNow(query), threads);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          new UncheckedIOException("The log is closed.", new IOException(e)));
    }
  }

  private <T> T readNow(Query<T> query) {
    Statements statements = idle.poll();
    try {
      if (statements == null) {
        statements = new Statements(database.openReader());
      }
      T read = query.read(new PositionTable(statements));
      idle.add(statements);
      return read;
    } catch (SQLException | RuntimeException e) {
      if (statements != null) {
        statements.close();
      }
      if (e instanceof UncheckedIOException failure) {
        throw failure;
      }
      String sentence = Trouble.sentence(database.file(), e);
      LOG.error("Reading failed. {}", sentence);
      throw new UncheckedIOException(sentence, new IOException(e));
    }
  }

  @Override
  public void close() {
    threads.close();
    idle.forEach(Statements::close);
    idle.clear();
  }
}
