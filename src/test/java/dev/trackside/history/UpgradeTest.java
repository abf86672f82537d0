package dev.trackside.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackside.access.Claim;
import dev.trackside.access.PastRuns;
import dev.trackside.access.RegistryEntry;
import dev.trackside.access.RunEnd;
import dev.trackside.access.RunState;
import dev.trackside.access.Zone;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory from before the log recorded its registry. */
final class UpgradeTest {
  @TempDir private Path directory;

  @BeforeEach
  void writeAsItWas() throws Exception {
    write(
        new Database(directory.resolve("access.db"), true, "registry", 2),
        "INSERT INTO claim VALUES ('anna', 'Anna', 'ff', 'LINK', 0, 0, 0, '', 1, 0)");
    write(
        new Database(directory.resolve("trackside.db"), true, "schema", 1),
        "INSERT INTO runner (id, floor_seq) VALUES ('anna', 1)",
        "INSERT INTO arrival (seq, runner, previous_seq, t_ms, arrived_ms, late, lat_deg, lon_deg)"
            + " VALUES (7, 1, 0, 1794000000000, 1794000000000, 0, 52.5, 13.4)");
  }

  private static void write(Database database, String... commands) throws Exception {
    try (Connection connection = database.openWriter();
        var statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
      connection.commit();
    }
  }

  private DataDirectory data() throws IOException {
    return DataDirectory.open(
        new DataDirectory.Settings(
            directory, KeepSettings.FOR_EVER, "", 10_000, 10_000, Duration.ZERO, false),
        InstantSource.system());
  }

  @Test
  void positionsAndClaimsAreThere() throws IOException {
    try (var data = data()) {
      var entries = new ArrayList<RegistryEntry>();
      data.registry().watch((_, after) -> entries.add(after));
      assertThat(entries).hasSize(1).hasOnlyElementsOfType(Claim.class);
      assertThat(data.log().latest(new Feed.One(new Runner("anna")), 5))
          .hasSize(1)
          .allMatch(position -> position.seq() == 7);
    }
  }

  @Test
  void endsOfRunsAreKnownAndWhatWasHiddenStaysHidden() throws Exception {
    write(
        new Database(directory.resolve("access.db"), true, "registry", 4),
        "INSERT INTO claim VALUES ('on', 'x', 'f0', 'LINK', 200, 0, 1001, '1.5,2.5,100', 1, 0, 1)",
        "INSERT INTO claim VALUES ('over', 'x', 'f1', 'LINK', 200, 2000, 1001, '', 1, -5, 1)");
    try (var data = data()) {
      var claims = new HashMap<String, RunState>();
      data.registry()
          .watch(
              (_, after) -> {
                if (after instanceof Claim claim) {
                  claims.put(claim.runner().id(), claim.run());
                }
              });
      assertThat(claims)
          .containsEntry("anna", RunState.NEW)
          .containsEntry(
              "on",
              new RunState(
                  0,
                  0,
                  List.of(new RunEnd(1000, 1000)),
                  List.of(new Zone(1.5, 2.5, 100)),
                  PastRuns.NONE))
          .containsEntry(
              "over",
              new RunState(-5, 2000, List.of(new RunEnd(2000, 2000)), List.of(), PastRuns.NONE));
    }
  }

  @Test
  void fromTheFirstStartOnTheRegistryIsMissed() throws IOException {
    data().close();
    Files.delete(directory.resolve("access.db"));
    assertThatThrownBy(() -> data().close()).isInstanceOf(LostClaims.class);
  }

  @Test
  void registryThatIsMissingAtTheFirstStartIsMissed() throws IOException {
    Files.delete(directory.resolve("access.db"));
    assertThatThrownBy(() -> data().close()).isInstanceOf(LostClaims.class);
  }
}
