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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads that read, each with a connection of its own; who asks waits on its virtual thread,
 * for SQLite would hold the carrier. Safe for use by many threads.
 */
final class Readers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
  private static final int THREADS = 4;

  /** What is read, in one go. */
  interface Reading<T> {
    T read(TrackRows tracks, RaceRows races) throws SQLException;
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
   * Waits for what is read.
   *
   * @throws UncheckedIOException when it cannot be read; the message is a sentence
   */
  <T> T read(Reading<T> reading) {
    try {
      return submit(reading).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof UncheckedIOException cause ? cause : e;
    }
  }

  /** Fails with an {@link UncheckedIOException} when it cannot be read. */
  <T> CompletableFuture<T> submit(Reading<T> reading) {
    try {
      return CompletableFuture.supplyAsync(() -> readNow(reading), threads);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          new UncheckedIOException("The log is closed.", new IOException(e)));
    }
  }

  private <T> T readNow(Reading<T> reading) {
    Statements statements = null;
    try {
      statements = idle.poll();
      if (statements == null) {
        statements = new Statements(database.openReader());
      }
      T read = reading.read(new TrackRows(statements), new RaceRows(statements));
      idle.add(statements);
      return read;
    } catch (UncheckedIOException e) {
      close(statements);
      throw e;
    } catch (SQLException | RuntimeException e) {
      close(statements);
      String sentence = Trouble.sentence(database.file(), e);
      LOG.error("Reading failed. {}", sentence);
      throw new UncheckedIOException(sentence, new IOException(e));
    }
  }

  private static void close(@Nullable Statements statements) {
    if (statements != null) {
      try {
        statements.close();
      } catch (SQLException e) {
        LOG.warn("A connection did not close: {}", e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    threads.close();
    idle.forEach(Readers::close);
    idle.clear();
  }
}
