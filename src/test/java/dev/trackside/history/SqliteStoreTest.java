package dev.trackside.history;

import dev.trackside.log.TrackLogContract;
import dev.trackside.track.TrackLog;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends TrackLogContract {
  private final List<OnDisk> opened = new ArrayList<>();
  private final Path directory;

  SqliteStoreTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Override
  protected TrackLog open(InstantSource clock) {
    var disk = new OnDisk(directory, clock);
    opened.add(disk);
    return disk.log;
  }

  @AfterEach
  void closeAll() {
    opened.forEach(OnDisk::close);
  }
}
