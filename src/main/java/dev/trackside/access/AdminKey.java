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
 * The operator's key: the one chosen, or one made at the first start and kept in a file that only
 * the operator may read.
 *
 * @param file where the key is; empty for a chosen one
 */
public record AdminKey(Key.Hash hash, Optional<Path> file) {
  private static final int SHORTEST = 16;

  /**
   * Reads the key, or makes it.
   *
   * @throws IOException with a sentence for the operator, when the key in the file is too short or
   *     can be neither read nor made
   */
  public static AdminKey of(String chosen, Path data) throws IOException {
    if (!chosen.isEmpty()) {
      return new AdminKey(Key.of(chosen).hash(), Optional.empty());
    }
    Path file = data.resolve("admin-key");
    try {
      if (!Files.exists(file)) {
        write(file, Key.random());
      }
      String key = Files.readString(file).strip();
      check(key, "it");
      return new AdminKey(Key.of(key).hash(), Optional.of(file));
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          "The admin key %s cannot be used: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Holds a key long enough to be chosen.
   *
   * @param name what the sentence calls it
   * @throws IllegalArgumentException when it is too short
   */
  public static void check(String key, String name) {
    if (key.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "%s must have at least %d characters, got %d".formatted(name, SHORTEST, key.length()));
    }
  }

  /** Writes the file whole or not at all, so that a full disk leaves no half key behind. */
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
