package dev.trackside.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackside.access.Key;
import dev.trackside.access.Registry;
import dev.trackside.access.RegistryContract;
import dev.trackside.access.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRegistryTest extends RegistryContract {
  @TempDir private Path directory;

  @Override
  protected Registry open() {
    try {
      return new SqliteRegistry(Files.createDirectories(directory.resolve("empty")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyChangeCountsAndTheCountSurvives() throws Exception {
    var secret = new Secret("mask", Key.of("x").hash());
    RegistryVersion first;
    try (var registry = new SqliteRegistry(directory)) {
      assertThat(registry.isNew()).isTrue();
      first = registry.version();
      registry.create(secret);
      registry.create(secret);
      assertThat(registry.version()).isEqualTo(new RegistryVersion(first.id(), 1));
    }
    try (var registry = new SqliteRegistry(directory)) {
      assertThat(registry.isNew()).isFalse();
      assertThat(registry.version()).isEqualTo(new RegistryVersion(first.id(), 1));
    }
  }

  @Test
  void rowThatMeansNothingIsToldInOneSentenceAtTheStart() throws Exception {
    new SqliteRegistry(directory).close();
    Path file = directory.resolve("access.db");
    try (var database = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = database.createStatement()) {
      statement.execute(
          "INSERT INTO claim VALUES ('anna', 'Anna', 'ff', 'WEIRD', 0, 0, 0, '', 1, 0)");
    }
    assertThatThrownBy(() -> new SqliteRegistry(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("access.db is damaged");
  }
}
