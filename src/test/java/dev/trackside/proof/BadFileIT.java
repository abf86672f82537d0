package dev.trackside.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A log that cannot be written, cannot be read, or is held by somebody else. */
@Timeout(120)
class BadFileIT {
  private static final int POSITIONS = 20_000;
  private static final int AHEAD = 100;
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
      write(disk.directory());
      disk.readOnly();
      doesNotStart(disk.directory());
    }
  }

  @Test
  void fileThatIsNoDatabaseIsToldInOneSentence() throws Exception {
    write(data);
    overwrite(0, PAGE_BYTES);
    doesNotStart(data);
  }

  @Test
  void fileCutShortIsToldInOneSentence() throws Exception {
    write(data);
    try (var file = new RandomAccessFile(database().toFile(), "rw")) {
      file.setLength(file.length() / 2 / PAGE_BYTES * PAGE_BYTES);
    }
    doesNotStart(data);
  }

  @Test
  void brokenPagesAreToldInOneSentence() throws Exception {
    write(data);
    overwrite(Files.size(database()) / 2 / PAGE_BYTES * PAGE_BYTES, 16 * PAGE_BYTES);
    doesNotStart(data);
  }

  @Test
  void fileThatSomebodyElseHoldsIsToldInOneSentence() throws Exception {
    write(data);
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
          var line = new Line(machine.port(), "{\"id\":\"anna\",\"events\":true}")) {
        line.say(new Claim("anna", System.currentTimeMillis(), 1, 2).json(7));
        await().atMost(PATIENCE).until(() -> machine.ask("/ready").statusCode() == 503);
        System.out.println("/ready: " + machine.ask("/ready").body());
        assertThat(machine.ask("/ready").body()).contains("" + data);
        other.createStatement().execute("ROLLBACK");
        assertThat(ack(line).get("verdict").asString()).isEqualTo("accepted");
      }
      await().atMost(PATIENCE).until(() -> machine.ask("/ready").statusCode() == 200);
    }
  }

  private static JsonNode ack(Line line) throws IOException {
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
  private static void write(Path directory) throws Exception {
    var said = new ArrayList<Claim>();
    try (var machine = new Machine(directory)) {
      machine.boot();
      String first = "{\"id\":\"anna\",\"events\":true,\"echo\":false}";
      try (var line = new Line(machine.port(), first)) {
        int acknowledged = 0;
        while (acknowledged < POSITIONS) {
          for (; said.size() < Math.min(POSITIONS, acknowledged + AHEAD); ) {
            int n = said.size();
            said.add(new Claim("anna", 1_700_000_000_000L + n * 1_000L, n, n));
            line.say(said.getLast().json(n));
          }
          for (JsonNode message : line.next()) {
            acknowledged += message.get("type").asString().equals("ack") ? 1 : 0;
          }
        }
      }
      assertThat(machine.terminate()).isEqualTo(143);
    }
  }

  private void overwrite(long at, int bytes) throws IOException {
    var noise = new byte[bytes];
    new Random(at).nextBytes(noise);
    try (var file = new RandomAccessFile(database().toFile(), "rw")) {
      file.seek(at);
      file.write(noise);
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
      System.out.println(server.words());
      assertThat(server.words()).hasSize(1);
      assertThat(server.words().getFirst()).contains("" + directory);
    }
  }
}
