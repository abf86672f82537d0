package dev.trackside.hub;

import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;

/** Reads the log for subscribers, on threads that may block. Safe for use by many threads. */
final class LogReads implements AutoCloseable {
  private final ExecutorService threads;
  private volatile boolean closed;

  LogReads(ExecutorService threads) {
    this.threads = threads;
  }

  /** Runs a read, and {@code failed} when the log cannot be read. */
  void read(Runnable reading, Runnable failed) {
    if (!closed) {
      threads.execute(
          () -> {
            try {
              reading.run();
            } catch (UncheckedIOException e) {
              failed.run();
            }
          });
    }
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdownNow();
  }
}
