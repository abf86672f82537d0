package dev.trackside.history;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRegistryTest {
  @TempDir private Path directory;

  @Test
  void rowThatMeansNothingIsToldInOneSentenceAtTheStart() throws Exception {
    SqliteRegistry.open(directory).close();
    Path file = directory.resolve("access.db");
    try (var database = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = database.createStatement()) {
      statement.execute(
          "INSERT INTO claim VALUES ('anna', 'Anna', 'ff', 'WEIRD', 0, 0, 0, '', 1, 0)");
    }
    assertThatThrownBy(() -> SqliteRegistry.open(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("access.db is damaged");
  }
}
