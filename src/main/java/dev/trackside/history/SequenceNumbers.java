package dev.trackside.history;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.trackside.track.Quoted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/**
 * Growing numbers, each given only once, whatever happens to the process or the clock: a block of
 * numbers is durably reserved in a file before the first of them is given. Safe for use by many
 * threads of one process.
 */
final class SequenceNumbers implements LongSupplier, AutoCloseable {
  private static final long BLOCK = 1_000_000;

  /** Browsers cannot represent all larger whole numbers. */
  private static final long ABOVE_ALL = 1L << 53;

  private final Path file;
  private long next;
  private long reserved;
  private CompletableFuture<Long> reserving;

  /**
   * @throws IOException if the file cannot be read or written; the message is a sentence for the
   *     operator
   */
  SequenceNumbers(Path directory, InstantSource clock) throws IOException {
    file = directory.resolve("numbers");
    next = Files.exists(file) ? read() : clock.millis();
    try {
      reserved = reserve(next + BLOCK);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
    reserving = CompletableFuture.completedFuture(reserved);
  }

  private long read() throws IOException {
    String text;
    try {
      text = Files.readString(file, ISO_8859_1).strip();
    } catch (IOException e) {
      throw new IOException(file + " cannot be read (" + e + ").", e);
    }
    if (text.matches("[0-9]{1,16}") && Long.parseLong(text) < ABOVE_ALL - BLOCK) {
      return Long.parseLong(text);
    }
    throw new IOException(file + " must hold one number below 2^53, got " + Quoted.of(text) + ".");
  }

  /**
   * Continues above this number.
   *
   * @throws UncheckedIOException if no block can be reserved
   */
  synchronized void continueAfter(long number) {
    if (number >= next) {
      reserved = reserve(number + 1 + BLOCK);
      next = number + 1;
      reserving = CompletableFuture.completedFuture(reserved);
    }
  }

  @Override
  public synchronized long getAsLong() {
    if (next == reserved) {
      try {
        reserved = reserving.join();
      } catch (CompletionException e) {
        long until = next + BLOCK;
        reserving = CompletableFuture.supplyAsync(() -> reserve(until));
        throw e.getCause() instanceof UncheckedIOException cause ? cause : e;
      }
    }
    if (next == reserved - BLOCK / 2) {
      long until = reserved + BLOCK;
      reserving = CompletableFuture.supplyAsync(() -> reserve(until));
    }
    return next++;
  }

  private long reserve(long until) {
    Path fresh = file.resolveSibling("numbers.new");
    try {
      Files.writeString(fresh, until + "\n", CREATE, WRITE, TRUNCATE_EXISTING, SYNC);
      Files.move(fresh, file, ATOMIC_MOVE);
      try (var directory = FileChannel.open(file.toAbsolutePath().getParent(), READ)) {
        directory.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Numbers could not be reserved in " + file + " (" + e + ").", e);
    }
    return until;
  }

  /** Waits for the block that is being reserved. */
  @Override
  public synchronized void close() {
    var _ = reserving.exceptionally(_ -> reserved).join();
  }
}
