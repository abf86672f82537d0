package dev.trackside.history;

import dev.trackside.track.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** A log in a directory with the numbers that belong to it, as a server has them. */
final class OnDisk implements AutoCloseable {
  final SqliteTrackLog log;
  private final Numbers numbers;

  OnDisk(Path directory, InstantSource clock) {
    this(directory, clock, new Keeping(true, Duration.ZERO, Duration.ZERO));
  }

  OnDisk(Path directory, InstantSource clock, Keeping keeping) {
    try {
      numbers = new Numbers(directory, clock);
      log = new SqliteTrackLog(directory, numbers, clock, keeping);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    log.close();
    numbers.close();
  }
}
