package dev.trackside.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryLockTest {
  @TempDir private Path directory;

  @Test
  void directoryIsMade() throws IOException {
    Path data = directory.resolve("new/data");
    new DirectoryLock(data).close();
    assertThat(data).isDirectory();
  }

  @Test
  void secondOwnerIsRefusedUntilTheFirstHasGone() throws IOException {
    try (var first = new DirectoryLock(directory)) {
      assertThatThrownBy(() -> new DirectoryLock(directory))
          .isInstanceOf(IOException.class)
          .hasMessage("The data directory " + directory + " is in use by another Trackside.");
      assertThat(first).isNotNull();
    }
    new DirectoryLock(directory).close();
  }

  @Test
  void directoryThatCannotBeWrittenIsRefused() throws IOException {
    Path below = Files.createFile(directory.resolve("file")).resolve("data");
    assertThatThrownBy(() -> new DirectoryLock(below))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("The data directory " + below + " cannot be written (");
  }
}
