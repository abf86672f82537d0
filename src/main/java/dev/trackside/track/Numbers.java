package dev.trackside.track;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private long read() throws IOException {
    String text = Files.readString(file, US_ASCII).strip();
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException(file + " must hold one number, got " + Quoted.of(text) + ".", e);
    }
  }

  @Override
  public synchronized long getAsLong() {
    if (next == reserved) {
      try {
        reserved = reserving.join();
      } catch (CompletionException e) {
        reserving = CompletableFuture.supplyAsync(() -> reserve(next + BLOCK));
        throw e;
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
        out.write(ByteBuffer.wrap((until + "\n").getBytes(US_ASCII)));
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
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
