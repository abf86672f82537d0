package dev.trackside.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Launched;
import dev.trackside.support.RawLine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A log that cannot be written, cannot be read, or is held by somebody else. */
@Timeout(120)
class BadFileIT {
  private static final int FEW = 20_000;
  private static final int MANY = 80_000;
  private static final int BATCH = 5_000;
  private static final int PAGE_BYTES = 4_096;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path data;

  @Test
  void readOnlyDirectoryIsToldInOneSentence() throws Exception {
    try (var disk = new TinyDisk(8)) {
      disk.readOnly();
      doesNotStart(disk.directory());
      doesNotStart(disk.directory().resolve("data"));
    }
  }

  @Test
  void logThatBecameReadOnlyIsToldInOneSentence() throws Exception {
    try (var disk = new TinyDisk(64)) {
      write(disk.directory(), FEW);
      disk.readOnly();
      doesNotStart(disk.directory());
    }
  }

  @Test
  void everythingIsInOneFileAfterAnOrderlyEnd() throws Exception {
    write(data, FEW);
    assertThat(data.resolve("trackside.db-wal")).doesNotExist();
  }

  @Test
  void fileThatIsNoDatabaseIsToldInOneSentence() throws Exception {
    write(data, FEW);
    overwrite(0, PAGE_BYTES);
    doesNotStart(data);
  }

  @Test
  void fileCutShortIsToldInOneSentence() throws Exception {
    write(data, FEW);
    try (var file = new RandomAccessFile(database().toFile(), "rw")) {
      file.setLength(file.length() / 2 / PAGE_BYTES * PAGE_BYTES);
    }
    doesNotStart(data);
  }

  @Test
  void brokenPagesAreToldInOneSentence() throws Exception {
    write(data, FEW);
    overwrite(Files.size(database()) / 2 / PAGE_BYTES * PAGE_BYTES, 16 * PAGE_BYTES);
    doesNotStart(data);
  }

  @Test
  void brokenTracksShowNobodyWhatNobodySaid() throws Exception {
    List<ReportedFix> said = write(data, MANY);
    overwrite(pageInTheMiddleOf("position") * PAGE_BYTES, PAGE_BYTES);
    try (var machine = new Machine(data)) {
      machine.boot();
      var shown = new ArrayList<ReportedFix>();
      try (var line = new RawLine(machine.port(), "{\"id\":\"anna\",\"after\":0,\"batch\":true}")) {
        while (shown.size() < MANY) {
          line.next().forEach(message -> shown.add(ReportedFix.of(message)));
        }
      } catch (IOException e) {
        assertThat(e).isInstanceOf(RawLine.Goodbye.class);
      }
      assertThat(shown.size()).isBetween(1, MANY - 1);
      assertThat(shown.equals(said.subList(0, shown.size()))).isTrue();
      assertThatThrownBy(() -> machine.ask("/api/runners/anna/track?limit=100000"))
          .as("a track that cannot be read to its end must not look complete")
          .isInstanceOf(IOException.class);
      assertThat(machine.ask("/health").statusCode()).isEqualTo(200);
      try (var line = new RawLine(machine.port(), "{\"id\":\"bob\",\"events\":true}")) {
        line.say(new ReportedFix("bob", System.currentTimeMillis(), 1, 2).json(1));
        assertThat(ack(line).get("verdict").asString()).isEqualTo("accepted");
      }
      machine.terminate();
      assertThat(machine.strangeWords()).noneMatch(line -> line.startsWith("\tat "));
    }
  }

  @Test
  void fileThatSomebodyElseHoldsIsToldInOneSentence() throws Exception {
    write(data, FEW);
    try (Connection other = hold()) {
      doesNotStart(data);
      other.createStatement().execute("ROLLBACK");
    }
    try (var machine = new Machine(data)) {
      machine.boot();
    }
  }

  @Test
  void whoeverHoldsTheFileForAWhileOnlyDelaysWhatIsStored() throws Exception {
    try (var machine = new Machine(data)) {
      machine.boot();
      try (Connection other = hold();
          var line = new RawLine(machine.port(), "{\"id\":\"anna\",\"events\":true}")) {
        line.say(new ReportedFix("anna", System.currentTimeMillis(), 1, 2).json(7));
        await().atMost(PATIENCE).until(() -> machine.ask("/ready").statusCode() == 503);
        assertThat(machine.ask("/ready").body()).contains("" + data);
        other.createStatement().execute("ROLLBACK");
        assertThat(ack(line).get("verdict").asString()).isEqualTo("accepted");
      }
      await().atMost(PATIENCE).until(() -> machine.ask("/ready").statusCode() == 200);
    }
  }

  private static JsonNode ack(RawLine line) throws IOException {
    while (true) {
      for (JsonNode message : line.next()) {
        if (message.get("type").asString().equals("ack")) {
          return message;
        }
      }
    }
  }

  private Path database() {
    return data.resolve("trackside.db");
  }

  /** Lets a server store something, and ends it as it should be. */
  private static List<ReportedFix> write(Path directory, int count) throws Exception {
    var said = new ArrayList<ReportedFix>();
    try (var machine = new Machine(directory)) {
      machine.boot();
      while (said.size() < count) {
        int from = said.size();
        for (int n = from; n < from + BATCH; n++) {
          said.add(new ReportedFix("anna", 1_700_000_000_000L + n * 1_000L, n, n));
        }
        assertThat(machine.post("anna", said.subList(from, from + BATCH)).statusCode())
            .isEqualTo(200);
      }
      assertThat(machine.ask("/api/runners/anna/track?limit=1").statusCode()).isEqualTo(200);
      assertThat(machine.terminate()).isEqualTo(143);
    }
    return said;
  }

  private void overwrite(long at, int bytes) throws IOException {
    var noise = new byte[bytes];
    new Random(at).nextBytes(noise);
    try (var file = new RandomAccessFile(database().toFile(), "rw")) {
      file.seek(at);
      file.write(noise);
    }
  }

  private long pageInTheMiddleOf(String table) throws SQLException {
    String pages = "FROM dbstat WHERE name = '" + table + "' AND pagetype = 'leaf'";
    String middle = "(SELECT count(*) / 2 " + pages + ")";
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        var statement = connection.createStatement();
        var page =
            statement.executeQuery(
                "SELECT pageno - 1 " + pages + " ORDER BY path LIMIT 1 OFFSET " + middle)) {
      page.next();
      return page.getLong(1);
    }
  }

  private Connection hold() throws SQLException {
    Connection other = DriverManager.getConnection("jdbc:sqlite:" + database());
    other.createStatement().execute("BEGIN EXCLUSIVE");
    return other;
  }

  private static void doesNotStart(Path directory) throws Exception {
    try (var server = Launched.on(directory, 0, Map.of())) {
      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.words()).hasSize(1);
      assertThat(server.words().getFirst()).contains("" + directory);
    }
  }
}
