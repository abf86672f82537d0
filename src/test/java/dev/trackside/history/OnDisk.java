package dev.trackside.history;

import dev.trackside.track.Newest;
import dev.trackside.track.Numbers;
import dev.trackside.track.Unclaimed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** A log in a directory with the numbers that belong to it, as a server has them. */
final class OnDisk implements AutoCloseable {
  static final Keeping AT_ONCE = new Keeping(true, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** Almost nothing stays in memory, and everything is settled all the time. */
  static final Sizes TINY = new Sizes(new Newest.Bounds(2, 3), 5, 3);

  final SqliteTrackLog log;
  private final Numbers numbers;

  OnDisk(Path directory, InstantSource clock) {
    this(directory, clock, AT_ONCE, Unclaimed.unlimited(), Sizes.USUAL);
  }

  OnDisk(Path directory, InstantSource clock, Keeping keeping, Unclaimed unclaimed, Sizes sizes) {
    try {
      numbers = new Numbers(directory, clock);
      log = new SqliteTrackLog(directory, numbers, clock, keeping, unclaimed, sizes);
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
