package dev.trackside.history;

import static dev.trackside.log.LogUnderTest.NOW_MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackside.log.LogUnderTest;
import dev.trackside.log.OpenIds;
import dev.trackside.support.Fixes;
import dev.trackside.support.StoppedClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A file that cannot be opened: the operator reads a sentence, and nothing stays locked. */
@Isolated
class BadFileTest {
  private final StoppedClock clock = new StoppedClock(NOW_MS);
  private final Set<Thread> threadsOfOthers = Thread.getAllStackTraces().keySet();
  private final Path directory;
  private final Path file;

  BadFileTest(@TempDir Path directory) {
    this.directory = directory;
    this.file = directory.resolve("trackside.db");
  }

  private void assertRefused(String sentence) throws IOException {
    for (int i = 0; i < 2; i++) {
      try (var numbers = new SequenceNumbers(directory, clock)) {
        assertThatThrownBy(
                () ->
                    new SqliteStore(
                        directory,
                        numbers,
                        clock,
                        KeepSettings.FOR_EVER,
                        new OpenIds(Integer.MAX_VALUE),
                        Sizes.USUAL))
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith(sentence);
      }
    }
    var threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeAll(threadsOfOthers);
    assertThat(threads)
        .extracting(Thread::getName)
        .as("nothing goes on")
        .noneMatch(name -> name.startsWith("log-reader"));
  }

  private void filled() {
    try (var disk = new OnDisk(directory, clock)) {
      LogUnderTest.join(disk.log.append(LogUnderTest.FIRST, LogUnderTest.fixes(0, 3_000)));
    }
  }

  @Test
  void garbageIsRefused() throws IOException {
    Files.writeString(file, "This is no database. ".repeat(1_000));
    assertRefused(file + " is damaged: stop the server, and put back a copy or repair it");
    assertThat(Files.readString(file)).startsWith("This is no database.");
  }

  @Test
  void fileThatWasCutOffIsRefused() throws IOException {
    filled();
    try (var cut = new RandomAccessFile(file.toFile(), "rw")) {
      cut.setLength(cut.length() / 2 / 4_096 * 4_096);
    }
    assertRefused(file + " is damaged: ");
  }

  @Test
  void directoryInItsPlaceIsRefused() throws IOException {
    Files.createDirectory(file);
    assertRefused(file + " cannot be opened: ");
  }

  @Test
  void newerSchemaIsRefused() throws IOException, SQLException {
    filled();
    try (var tables = new Tables(directory)) {
      tables.run("PRAGMA user_version = 7");
    }
    assertRefused(file + " was written by a newer Trackside (schema 7, this one knows 2).");
  }

  @Test
  void rowsThatNobodyCanHaveWrittenAreRefused() throws IOException, SQLException {
    filled();
    try (var tables = new Tables(directory)) {
      tables.run("UPDATE runner SET id = 'not a runner'");
    }
    assertRefused(file + " is damaged: ");
    try (var tables = new Tables(directory)) {
      tables.run("UPDATE runner SET id = 'berlin/1'", "UPDATE arrival SET lat_deg = 'north'");
      tables.run("UPDATE arrival SET lat_deg = 1234");
    }
    assertRefused(file + " is damaged: ");
  }

  @Test
  void fileThatAnotherProgramHoldsIsRefused() throws IOException, SQLException {
    filled();
    try (var other = new Tables(directory)) {
      other.run("BEGIN EXCLUSIVE");
      try (var numbers = new SequenceNumbers(directory, clock)) {
        assertThatThrownBy(
                () ->
                    new SqliteStore(
                        directory,
                        numbers,
                        clock,
                        KeepSettings.FOR_EVER,
                        new OpenIds(Integer.MAX_VALUE),
                        Sizes.USUAL))
            .isInstanceOf(IOException.class)
            .hasMessage(file + " is locked by another program: stop that program.");
      }
      other.run("ROLLBACK");
    }
    try (var disk = new OnDisk(directory, clock)) {
      LogUnderTest.join(disk.log.append(LogUnderTest.BOB, List.of(Fixes.at(1, 2))));
    }
  }
}
