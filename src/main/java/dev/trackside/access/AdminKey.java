package dev.trackside.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The key of who runs the server: the one that he chose, or one in a file that only he may read,
 * made at the first start.
 *
 * @param file where it is; nothing when he chose it
 */
public record AdminKey(Key.Hash hash, Optional<Path> file) {
  private static final int SHORTEST = 16;

  /**
   * Reads the key, or makes it.
   *
   * @throws IOException when it can be neither read nor made, or is too short; a sentence for the
   *     operator
   */
  public static AdminKey of(String chosen, Path data) throws IOException {
    if (!chosen.isEmpty()) {
      return new AdminKey(checked(chosen, "--admin-key"), Optional.empty());
    }
    Path file = data.resolve("admin-key");
    try {
      if (!Files.exists(file)) {
        write(file, Key.random());
      }
      return new AdminKey(
          checked(Files.readString(file).strip(), file.toString()), Optional.of(file));
    } catch (IOException e) {
      throw new IOException(
          "The admin key %s cannot be used: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Key.Hash checked(String key, String where) throws IOException {
    if (key.length() < SHORTEST) {
      throw new IOException(where + " must hold at least " + SHORTEST + " characters.");
    }
    return Key.of(key).hash();
  }

  /** Whole or not at all, so that a full disk leaves no half key behind. */
  private static void write(Path file, String key) throws IOException {
    Path fresh = file.resolveSibling("admin-key.new");
    Files.deleteIfExists(fresh);
    var onlyMine =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel = FileChannel.open(fresh, Set.of(CREATE_NEW, WRITE), onlyMine)) {
      channel.write(ByteBuffer.wrap((key + "\n").getBytes(UTF_8)));
      channel.force(true);
    }
    Files.move(fresh, file);
  }
}
