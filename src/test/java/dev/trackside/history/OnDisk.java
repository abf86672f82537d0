package dev.trackside.history;

import dev.trackside.log.Newest;
import dev.trackside.log.OpenIds;
import dev.trackside.log.StoredLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** A log in a directory, with its lock and its numbers. */
final class OnDisk implements AutoCloseable {
  static final KeepSettings AT_ONCE =
      new KeepSettings(true, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** Keeps almost nothing in memory, and compacts all the time. */
  static final Sizes TINY = new Sizes(new Newest.Bounds(2, 3), 5, 3);

  final SqliteStore store;
  final StoredLog log;
  private final DirectoryLock lock;
  private final SequenceNumbers numbers;

  OnDisk(Path directory, InstantSource clock) {
    this(directory, clock, AT_ONCE, new OpenIds(Integer.MAX_VALUE), Sizes.USUAL);
  }

  OnDisk(Path directory, InstantSource clock, KeepSettings keep, OpenIds openIds, Sizes sizes) {
    try {
      lock = new DirectoryLock(directory);
      numbers = new SequenceNumbers(directory, clock);
      store = new SqliteStore(directory, numbers, clock, keep, openIds, sizes);
      log = store.log();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    log.close();
    numbers.close();
    lock.close();
  }
}
