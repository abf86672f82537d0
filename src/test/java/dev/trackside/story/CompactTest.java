package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Calls;
import dev.trackside.support.CompactReader;
import dev.trackside.support.RawSpectator;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Spectators who want positions as binary frames, on real connections. */
final class CompactTest {
  private static final String COMPACT = ",\"codec\":\"compact\"}";
  private static final int POSITIONS = 8_000;

  private Running server;
  private Calls calls;

  @BeforeEach
  void start() throws IOException {
    server = Running.with();
    calls = new Calls(server.http());
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private static List<String> types(List<JsonNode> messages) {
    return messages.stream().map(message -> message.path("type").asString()).toList();
  }

  @Test
  void positionsAreBinaryAndTheRestIsText() throws Exception {
    try (var spectator =
            new RawSpectator(server.port(), 0, "{\"id\":\"berlin/*\",\"events\":true" + COMPACT);
        var runner = TestClient.of(server, "{\"id\":\"berlin/7\"}")) {
      assertThat(spectator.next()).startsWith("{\"type\":\"welcome\"");
      runner.say("{\"lat\":52.52,\"lon\":-13.405,\"speed\":3.1,\"shoe\":\"left\"}");
      JsonNode told = runner.next();
      assertThat(spectator.next()).startsWith("{\"type\":\"status\"");
      assertThat(CompactReader.read(spectator.nextBinary())).containsExactly(told);
    }
  }

  @Test
  void compactSpectatorIsToldWhatOthersAre() throws Exception {
    try (var runner = TestClient.of(server, "{\"follow\":[]}");
        var plain = TestClient.of(server, "{\"id\":\"berlin/*\",\"after\":0,\"pace\":0}");
        var compact =
            TestClient.of(server, "{\"id\":\"berlin/*\",\"after\":0,\"pace\":0" + COMPACT)) {
      for (int i = 0; i < 500; i++) {
        runner.say(
            "{\"id\":\"berlin/%s%d\",\"lat\":%s,\"lon\":%s,\"alt\":%s,\"hr\":%d}"
                .formatted(
                    i % 5 == 0 ? "elite-" : "",
                    i % 50,
                    i / 10.0,
                    -i / 10.0,
                    i / 2.0 - 90,
                    i % 200));
      }
      assertThat(compact.next(500)).isEqualTo(plain.next(500));
    }
  }

  @Test
  void pastComesCompactAndIsFollowedByThePresent() throws Exception {
    try (var runner = TestClient.of(server, "{\"id\":\"anna\"}")) {
      for (int i = 0; i < 2_000; i++) {
        runner.say("{\"lat\":%s,\"lon\":7}".formatted(i / 100.0));
      }
      List<JsonNode> told = runner.next(2_000);
      try (var trail = TestClient.of(server, "{\"id\":\"anna\",\"trail\":1500" + COMPACT);
          var after = TestClient.of(server, "{\"id\":\"anna\",\"after\":0" + COMPACT);
          var reset = TestClient.of(server, "{\"id\":\"anna\",\"after\":5,\"trail\":2" + COMPACT)) {
        assertThat(trail.next(1_500)).isEqualTo(told.subList(500, 2_000));
        assertThat(after.next(2_000)).isEqualTo(told);
        assertThat(types(reset.next(3))).containsExactly("reset", "position", "position");
        runner.say("{\"lat\":1,\"lon\":2}");
        JsonNode newest = runner.next();
        assertThat(trail.next()).isEqualTo(newest);
        assertThat(after.next()).isEqualTo(newest);
        assertThat(reset.next()).isEqualTo(newest);
      }
    }
  }

  @Test
  void whoIsErasedIsErasedInWords() throws Exception {
    try (var spectator = TestClient.of(server, "{\"id\":\"anna\"" + COMPACT)) {
      spectator.say("{\"lat\":1,\"lon\":2}");
      assertThat(spectator.next().path("lat").asInt()).isEqualTo(1);
      calls.call("DELETE", "/api/runners/anna", BodyPublishers.noBody());
      assertThat(spectator.next().toString()).isEqualTo("{\"type\":\"erased\",\"id\":\"anna\"}");
    }
  }

  @Test
  void whoHidesTheirOwnGetsThoseOfOthers() throws Exception {
    try (var spectator =
            TestClient.of(server, "{\"follow\":[\"berlin/*\"],\"echo\":false" + COMPACT);
        var other = TestClient.of(server, "{\"id\":\"berlin/1\"}")) {
      spectator.say("{\"id\":\"berlin/1\",\"lat\":1,\"lon\":2}");
      assertThat(other.next().path("id").asString()).isEqualTo("berlin/1");
      other.say("{\"id\":\"berlin/2\",\"lat\":3,\"lon\":4}");
      assertThat(spectator.next().path("id").asString()).isEqualTo("berlin/2");
    }
  }

  @Test
  void whoReadsSlowlySkipsAheadAndIsToldSo() throws Exception {
    try (var stalled =
            new RawSpectator(server.port(), 8_192, "{\"id\":\"berlin/*\",\"pace\":0" + COMPACT);
        var marker = TestClient.of(server, "{\"follow\":[]}")) {
      marker.say("{\"id\":\"berlin/9\",\"lat\":0,\"lon\":9}");
      stalled.nextBinary();
      for (int round = 0; round < 3; round++) {
        for (int bib = 1; bib <= 2; bib++) {
          publish(bib, round);
        }
      }
      marker.say("{\"id\":\"berlin/9\",\"lat\":9,\"lon\":9}");
      Map<String, Long> last = new HashMap<>();
      long told = 0;
      long skipped = 0;
      for (boolean over = false; !over; ) {
        for (JsonNode position : CompactReader.read(stalled.nextBinary())) {
          String id = position.path("id").asString();
          if (position.has("skipped")) {
            assertThat(position.path("since").asLong()).isEqualTo(last.getOrDefault(id, 0L));
            skipped += position.path("skipped").asLong();
          }
          last.put(id, position.path("seq").asLong());
          told++;
          over = id.equals("berlin/9") && position.path("lat").asInt() == 9;
        }
      }
      assertThat(told + skipped).isEqualTo(6 * POSITIONS + 1);
      assertThat(skipped).isPositive();
    }
  }

  private void publish(int bib, int round) throws Exception {
    var body = new StringBuilder();
    for (int i = 0; i < POSITIONS; i++) {
      body.append(
          "{\"lat\":%s,\"lon\":%d,\"n\":\"%s\"}\n".formatted(i / 100.0, round, "x".repeat(400)));
    }
    var answer = calls.post("/api/races/berlin/runners/" + bib + "/positions", body.toString());
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void anotherCodecIsRefusedWithTheRule() throws Exception {
    try (var client = TestClient.of(server, "{\"id\":\"anna\",\"codec\":\"protobuf\"}")) {
      JsonNode error = client.next();
      assertThat(error.path("code").asString()).isEqualTo("bad_command");
      assertThat(error.path("message").asString())
          .isEqualTo("codec must be \"compact\" or left out, got protobuf");
    }
  }
}
