package dev.trackside.history;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps every other process out of a directory until it is closed or this process ends. */
final class DirectoryLock implements AutoCloseable {
  private final FileChannel channel;

  /**
   * Creates the directory if there is none, and locks it.
   *
   * @throws IOException if it cannot be written or another process holds it; the message is a
   *     sentence for the operator
   */
  DirectoryLock(Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
      channel = FileChannel.open(directory.resolve("lock"), CREATE, WRITE);
    } catch (IOException e) {
      throw new IOException(
          "The data directory " + directory + " cannot be written (" + e + ").", e);
    }
    if (!isFree()) {
      channel.close();
      throw new IOException("The data directory " + directory + " is in use by another Trackside.");
    }
  }

  private boolean isFree() throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
