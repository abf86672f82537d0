package dev.trackside.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Calls;
import dev.trackside.support.Launched;
import dev.trackside.support.Owner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A runner is erased, and the process killed at some moment: their bytes are in no file. */
class NothingLeftIT {
  private final List<String> traces =
      new ArrayList<>(List.of("secret-runner", "Secret Name", "Secret Link", "secret-field"));

  @TempDir private Path data;

  private List<String> found() throws IOException {
    var found = new ArrayList<String>();
    try (var files = Files.list(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), ISO_8859_1);
        for (String trace : traces) {
          if (bytes.contains(trace)) {
            found.add(file.getFileName() + " holds " + trace);
          }
        }
      }
    }
    return found;
  }

  private static Calls calls(int port) {
    return new Calls(URI.create("http://127.0.0.1:" + port + "/"));
  }

  /** A runner with a name, a link, positions, and a mask for which the ends of runs are stored. */
  private Owner secret(Calls calls) throws Exception {
    for (int i = 0; i < 30; i++) {
      new Owner(calls, "other-" + i, "");
    }
    var secret = new Owner(calls, "secret-runner", ",\"name\":\"Secret Name\"");
    secret.link("{\"name\":\"Secret Link\"}");
    for (int run = 0; run < 2; run++) {
      for (int i = 0; i < 20; i++) {
        secret.publish(
            "{\"lat\":52.123%02d,\"lon\":13.%d,\"note\":\"secret-field\"}".formatted(i, run + 1));
      }
      secret.change("{\"mask\":200,\"finished\":true}");
      secret.change("{\"finished\":false}");
    }
    try (var registry = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("access.db"));
        var statement = registry.createStatement();
        var row = statement.executeQuery("SELECT past FROM claim WHERE runner = 'secret-runner'")) {
      traces.addAll(List.of(row.getString(1).split("[,;]", -1)));
      traces.removeIf(trace -> trace.length() < 8);
    }
    assertThat(traces).as("with the places of runs").contains("52.12319").hasSizeGreaterThan(5);
    return secret;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 200})
  void whoeverWasErasedWhenTheProcessWasKilled(int afterMs) throws Exception {
    try (var server = Launched.on(data, 0, Map.of());
        var calls = calls(server.awaitUp())) {
      Owner secret = secret(calls);
      assertThat(found()).isNotEmpty();
      assertThat(secret.call("DELETE", "").status()).isEqualTo(204);
      server.letRun(Duration.ofMillis(afterMs));
      server.kill();
    }
    try (var server = Launched.on(data, 0, Map.of());
        var calls = calls(server.awaitUp())) {
      await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(found()).isEmpty());
      assertThat(
              calls.call("DELETE", "/api/runners/secret-runner", BodyPublishers.noBody()).status())
          .isEqualTo(404);
    }
  }

  @Test
  void whileTheServerGoesOn() throws Exception {
    try (var server = Launched.on(data, 0, Map.of());
        var calls = calls(server.awaitUp())) {
      assertThat(secret(calls).call("DELETE", "").status()).isEqualTo(204);
      await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(found()).isEmpty());
    }
  }
}
