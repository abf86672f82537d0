package dev.trackside.hub;

import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Reads the log for subscribers, on threads that may block. Safe for use by many threads. */
final class LogReads implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean closed;

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
