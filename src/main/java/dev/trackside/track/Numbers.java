package dev.trackside.track;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/**
 * Numbers that are given once and never again, whatever happens to the process or to the clock: a
 * block of them is reserved in a file, durably, before the first of it is given. Safe for use by
 * many threads; one process a directory, held by a lock.
 */
public final class Numbers implements LongSupplier, AutoCloseable {
  private static final long BLOCK = 1_000_000;

  /** Browsers tell larger whole numbers apart no more. */
  private static final long ABOVE_ALL = 1L << 53;

  private final Path file;
  private final FileChannel lock;
  private long next;
  private long reserved;
  private CompletableFuture<Long> reserving;

  /**
   * @throws IOException when the directory cannot be written or belongs to another process; the
   *     message is a sentence for the operator
   */
  public Numbers(Path directory, InstantSource clock) throws IOException {
    try {
      Files.createDirectories(directory);
      lock = FileChannel.open(directory.resolve("lock"), CREATE, WRITE);
    } catch (IOException e) {
      throw new IOException(
          "The data directory " + directory + " cannot be written (" + e + ").", e);
    }
    try {
      if (lock.tryLock() == null) {
        throw new OverlappingFileLockException();
      }
      file = directory.resolve("numbers");
      next = Files.exists(file) ? read() : clock.millis();
      reserved = reserve(next + BLOCK);
      reserving = CompletableFuture.completedFuture(reserved);
    } catch (OverlappingFileLockException e) {
      lock.close();
      throw new IOException(
          "The data directory " + directory + " is in use by another Trackside.", e);
    } catch (UncheckedIOException e) {
      lock.close();
      throw new IOException(e.getMessage(), e);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
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
   * Gives only numbers above this one from now on.
   *
   * @throws UncheckedIOException when they cannot be reserved
   */
  public synchronized void continueAfter(long number) {
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
        reserving = CompletableFuture.supplyAsync(() -> reserve(next + BLOCK));
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
      try (var out = FileChannel.open(fresh, CREATE, WRITE, TRUNCATE_EXISTING)) {
        out.write(ByteBuffer.wrap((until + "\n").getBytes(ISO_8859_1)));
        out.force(true);
      }
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

  @Override
  public synchronized void close() {
    var _ = reserving.exceptionally(_ -> reserved).join();
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
