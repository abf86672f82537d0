package dev.trackside.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;

/** A small disk, in memory, that can be filled, emptied, and made read-only. Needs root. */
final class TinyDisk implements AutoCloseable {
  private static final int BLOCK = 4_096;

  private final Path directory;

  /** Mounts one, or skips the test where that is not allowed. */
  TinyDisk(int mib) throws IOException {
    directory = Files.createTempDirectory("tiny-disk");
    String words = run("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "tiny", "" + directory);
    if (!words.isEmpty()) {
      Files.delete(directory);
      Assumptions.abort("Skipped: a small disk cannot be mounted here, that takes root. " + words);
    }
  }

  Path directory() {
    return directory;
  }

  /** Fills it with a ballast file, but for about so many bytes. */
  void fill(long leaveBytes) throws IOException {
    Path ballast = directory.resolve("ballast");
    var options = new StandardOpenOption[] {StandardOpenOption.CREATE, StandardOpenOption.APPEND};
    try (var channel = FileChannel.open(ballast, options)) {
      var block = ByteBuffer.allocate(BLOCK);
      while (Files.getFileStore(directory).getUsableSpace() > leaveBytes) {
        channel.write(block.clear());
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left")) {
        throw e;
      }
    }
  }

  long freeBytes() throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  void empty() throws IOException {
    Files.delete(directory.resolve("ballast"));
  }

  void readOnly() throws IOException {
    String words = run("mount", "-o", "remount,ro", "" + directory);
    if (!words.isEmpty()) {
      throw new IOException(words);
    }
  }

  private static String run(String... command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
    String words = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    int code = process.onExit().join().exitValue();
    return code == 0 ? "" : words + " (" + code + ")";
  }

  @Override
  public void close() throws IOException {
    String words = run("umount", "-l", "" + directory);
    if (!words.isEmpty()) {
      throw new IOException(words);
    }
    Files.delete(directory);
  }
}
