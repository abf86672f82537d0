package dev.trackside.history;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Link;
import dev.trackside.access.PastRuns;
import dev.trackside.access.Registry;
import dev.trackside.access.RegistryContract;
import dev.trackside.access.RunState;
import dev.trackside.access.Secret;
import dev.trackside.access.Visibility;
import dev.trackside.access.Zone;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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

  private List<String> filesWith(Path where, String text) throws IOException {
    var found = new ArrayList<String>();
    try (var files = Files.list(where)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), ISO_8859_1).contains(text)) {
          found.add(String.valueOf(file.getFileName()));
        }
      }
    }
    return found;
  }

  private static Claim claim(int number) {
    var zone = new Zone(52.5 + number / 1_000_000.0, 13.123456, 9);
    return Claim.of(
            new Runner("runner-" + number + "x"),
            "Name-" + number + "x",
            Key.of("k" + number).hash(),
            Visibility.LINK,
            1)
        .with(new RunState(0, 0, List.of(), List.of(zone), PastRuns.NONE));
  }

  private static Link link(int number) {
    return new Link(
        "id-" + number,
        new Feed.One(claim(number).runner()),
        "Link-" + number + "x",
        Long.MAX_VALUE,
        Key.of("l" + number).hash());
  }

  private static List<String> tracesOf(int number) {
    return List.of(
        "runner-" + number + "x",
        "Name-" + number + "x",
        "Link-" + number + "x",
        (52.5 + number / 1_000_000.0) + ",",
        Key.of("k" + number).hash().hex());
  }

  /** Fills a registry, and erases every seventh runner; returns these. */
  private static List<Integer> eraseSome(SqliteRegistry registry) {
    List<Integer> numbers = new ArrayList<>(IntStream.range(1_000, 1_300).boxed().toList());
    Collections.shuffle(numbers, new Random(3));
    for (int number : numbers) {
      registry.create(claim(number));
      registry.create(link(number));
      registry.replace(claim(number), claim(number).inUse());
    }
    List<Integer> erased = numbers.stream().filter(number -> number % 7 == 0).toList();
    for (int number : erased) {
      registry.remove(link(number));
      registry.remove(claim(number).inUse());
    }
    return erased;
  }

  private void assertNothingIsLeft(Path where, List<Integer> erased) throws IOException {
    for (int number : erased) {
      for (String trace : tracesOf(number)) {
        assertThat(filesWith(where, trace)).as(trace).isEmpty();
      }
    }
    assertThat(filesWith(where, "Name-1002x")).isNotEmpty();
  }

  @Test
  void nothingIsLeftInTheFilesOfWhatIsRemoved() throws Exception {
    try (var registry = new SqliteRegistry(directory)) {
      List<Integer> erased = eraseSome(registry);
      await().atMost(ofSeconds(20)).untilAsserted(() -> assertNothingIsLeft(directory, erased));
      int last = 1_001;
      registry.remove(link(last));
      registry.remove(claim(last).inUse());
      await()
          .atMost(ofSeconds(20))
          .untilAsserted(() -> assertNothingIsLeft(directory, List.of(last)));
    }
  }

  @Test
  void nothingIsLeftOnceItIsClosed() throws Exception {
    List<Integer> erased;
    try (var registry = new SqliteRegistry(directory)) {
      erased = eraseSome(registry);
    }
    assertNothingIsLeft(directory, erased);
  }

  @Test
  void whatAKilledProcessHasLeftGoesAtTheNextStart() throws Exception {
    Path after = Files.createDirectories(directory.resolve("after"));
    List<Integer> erased;
    try (var registry = new SqliteRegistry(directory)) {
      erased = eraseSome(registry);
      try (var moment =
              DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("access.db"));
          var statement = moment.createStatement()) {
        statement.execute("PRAGMA busy_timeout = 5000");
        statement.execute("BEGIN IMMEDIATE");
        for (String suffix : List.of("", "-wal", "-shm")) {
          Files.copy(directory.resolve("access.db" + suffix), after.resolve("access.db" + suffix));
        }
        statement.execute("ROLLBACK");
      }
    }
    assertThat(filesWith(after, tracesOf(erased.getLast()).getFirst())).isNotEmpty();
    try (var _ = new SqliteRegistry(after)) {
      await().atMost(ofSeconds(20)).untilAsserted(() -> assertNothingIsLeft(after, erased));
    }
  }

  @Test
  void readerFromOutsideHoldsUpTheEndAndNothingElse() throws Exception {
    try (var registry = new SqliteRegistry(directory)) {
      List<Integer> erased;
      try (var reader =
              DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("access.db"));
          var statement = reader.createStatement()) {
        statement.execute("BEGIN");
        statement.executeQuery("SELECT count(*) FROM claim").close();
        erased = eraseSome(registry);
        assertThat(registry.create(claim(2_000))).isTrue();
        statement.execute("ROLLBACK");
      }
      await().atMost(ofSeconds(20)).untilAsserted(() -> assertNothingIsLeft(directory, erased));
    }
  }

  @Test
  void writerFromOutsideHoldsUpTheSweepAndChangesGoOnAfterIt() throws Exception {
    try (var registry = new SqliteRegistry(directory)) {
      List<Integer> erased = eraseSome(registry);
      try (var writer =
              DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("access.db"));
          var statement = writer.createStatement()) {
        statement.execute("PRAGMA busy_timeout = 5000");
        statement.execute("BEGIN IMMEDIATE");
        assertThatThrownBy(() -> registry.create(claim(2_000)))
            .isInstanceOf(UncheckedIOException.class)
            .hasMessageContaining("locked");
        statement.execute("ROLLBACK");
      }
      RegistryVersion before = registry.version();
      assertThat(registry.create(claim(2_000))).isTrue();
      assertThat(registry.version().revision()).isEqualTo(before.revision() + 1);
      await().atMost(ofSeconds(20)).untilAsserted(() -> assertNothingIsLeft(directory, erased));
      assertThat(registry.create(claim(2_000))).isFalse();
    }
  }

  @Test
  void rowThatMeansNothingIsToldInOneSentenceAtTheStart() throws Exception {
    new SqliteRegistry(directory).close();
    Path file = directory.resolve("access.db");
    try (var database = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = database.createStatement()) {
      statement.execute(
          "INSERT INTO claim VALUES ('anna', 'Anna', 'ff', 'WEIRD', 0, 0, '', 1, 0, 1, '', '')");
    }
    assertThatThrownBy(() -> new SqliteRegistry(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("access.db is damaged");
  }
}
