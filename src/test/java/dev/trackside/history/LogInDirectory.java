package dev.trackside.history;

import dev.trackside.log.LogUnderTest;
import dev.trackside.log.OpenIds;
import dev.trackside.support.StoppedClock;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A log whose files can be closed, opened again, and copied as a power cut would leave them. */
abstract class LogInDirectory implements LogUnderTest {
  /** Everything that can be read of some feeds. */
  record Reads(List<List<Position>> all) {}

  private final StoppedClock clock = new StoppedClock(NOW_MS);
  private final List<OnDisk> opened = new ArrayList<>();
  KeepSettings keeping = OnDisk.AT_ONCE;
  Sizes sizes = Sizes.USUAL;
  OpenIds openIds = new OpenIds(Integer.MAX_VALUE);
  @TempDir Path temporary;
  private String name = "log";

  /** Where the log is. */
  Path directory() {
    return temporary.resolve(name);
  }

  @Override
  public TrackLog log() {
    if (opened.isEmpty()) {
      opened.add(new OnDisk(directory(), clock, keeping, openIds, sizes));
    }
    return opened.getLast().log;
  }

  @Override
  public StoppedClock clock() {
    return clock;
  }

  @AfterEach
  void closeAll() {
    opened.forEach(OnDisk::close);
    opened.clear();
  }

  void reopen() {
    closeAll();
    log();
  }

  /** Opens the log as a power cut at this moment would leave it. */
  void cutPower() throws IOException, SQLException {
    log();
    String found = "after-" + System.nanoTime();
    try (var moment = new Tables(directory())) {
      moment.run("BEGIN IMMEDIATE"); // a consistent snapshot of the disk
      copy(directory(), temporary.resolve(found));
      moment.run("ROLLBACK");
    }
    closeAll();
    name = found;
    log();
  }

  /** Replaces the files by a copy, and opens them. */
  void putBack(Path copy) throws IOException {
    closeAll();
    try (var files = Files.list(directory())) {
      for (Path file : files.filter(f -> f.getFileName().toString().contains(".db")).toList()) {
        Files.delete(file);
      }
    }
    copy(copy, directory());
    log();
  }

  /** Copies the database, without the file of the numbers. */
  Path copyOfDatabase() throws IOException, SQLException {
    Path copy = temporary.resolve("copy-" + System.nanoTime());
    try (var moment = new Tables(directory())) {
      moment.run("BEGIN IMMEDIATE");
      copy(directory(), copy);
      moment.run("ROLLBACK");
    }
    Files.deleteIfExists(copy.resolve("numbers"));
    return copy;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        if (!file.endsWith("lock")) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
  }

  /** Runs commands on the tables while no log has them open. */
  void whileClosed(String... commands) throws SQLException {
    closeAll();
    try (var tables = new Tables(directory())) {
      tables.run(commands);
    }
    log();
  }

  Reads reads(Runner... runners) {
    var all = new ArrayList<List<Position>>();
    for (Runner runner : runners) {
      Feed feed = LogUnderTest.only(runner);
      all.add(pages(feed, 0, 7));
      all.add(log().latest(feed, 1));
      all.add(log().latest(feed, 5));
      all.add(run(runner, 6));
    }
    all.add(pages(BERLIN, 0, 5));
    all.add(log().latest(BERLIN, 1));
    all.add(log().latest(BERLIN, 4));
    return new Reads(all);
  }

  /** A runner's whole run, read in pages by moment. */
  List<Position> run(Runner runner, int limit) {
    var read = new ArrayList<Position>();
    List<Position> page = log().between(runner, 0, 0, Long.MAX_VALUE, limit);
    while (!page.isEmpty()) {
      read.addAll(page);
      Position last = page.getLast();
      page = log().between(runner, last.tMs(), last.seq(), Long.MAX_VALUE, limit);
    }
    return read;
  }

  /** The runner's numbers, in order. */
  List<Long> numbersOf(Runner runner) {
    return LogUnderTest.seqs(pages(LogUnderTest.only(runner), 0, TrackLog.MOST));
  }

  /** Whether nothing is left; a read in pages may find its next page gone meanwhile. */
  boolean isGone(Runner runner) {
    return log().latest(LogUnderTest.only(runner), 1).isEmpty();
  }
}
