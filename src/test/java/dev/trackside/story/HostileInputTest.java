package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Owner;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Input that no honest client sends, on both ways in. */
final class HostileInputTest {
  private static Running server;
  private static Calls calls;

  @BeforeAll
  static void start() throws IOException {
    server = Running.with();
    calls = new Calls(server.http());
  }

  @AfterAll
  static void stop() throws IOException {
    calls.close();
    server.close();
  }

  static Stream<String> badPositions() {
    return Stream.of(
        "{\"lat\":NaN,\"lon\":1}",
        "{\"lat\":Infinity,\"lon\":1}",
        "{\"lat\":1,\"lon\":-Infinity}",
        "{\"lat\":1e999,\"lon\":1}",
        "{\"lat\":1,\"lon\":-1e999}",
        "{\"lat\":1,\"lon\":1,\"speed\":1e999}",
        "{\"lat\":1,\"lon\":1,\"t\":1e999}",
        "{\"lat\":" + "9".repeat(400) + ",\"lon\":1}",
        "{\"lat\":1,\"lon\":1,\"t\":" + "9".repeat(400) + "}",
        "{\"lat\":1,\"lat\":2,\"lon\":1}",
        "{\"lat\":1,\"latitude\":1,\"lon\":1}",
        "{\"lat\":1,\"lon\":1,\"a\":1,\"a\":2}",
        "{\"lat\":{\"lat\":1},\"lon\":1}",
        "{\"lat\":[1],\"lon\":1}",
        "{\"lat\":true,\"lon\":1}",
        "{\"lat\":\"1\",\"lon\":1}",
        "{\"lat\":1,\"lon\":1,\"note\":\"" + "x".repeat(600) + "\"}",
        "{\"lat\":1,\"lon\":1,\"t\":\"'; DROP TABLE position; --\"}");
  }

  private static void assertSaysWhatIsWrong(String words) {
    assertThat(words)
        .isNotBlank()
        .hasSizeLessThan(400)
        .doesNotContain("Exception", "tools.jackson");
    assertThat(words.chars()).noneMatch(Character::isISOControl);
  }

  @ParameterizedTest
  @MethodSource("badPositions")
  void badPositionIsToldOverTheWebSocketAndTheConnectionStays(String position) throws Exception {
    try (var client = TestClient.of(server, "{\"id\":\"eve\",\"trail\":0}")) {
      JsonNode error = client.say(position).next();
      assertThat(error.path("type").asString()).as(error.toString()).isEqualTo("error");
      assertThat(error.path("code").asString()).isIn("bad_position", "bad_json");
      assertSaysWhatIsWrong(error.path("message").asString());
      assertThat(client.untilMarked("eve")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("badPositions")
  void badPositionIsToldOverHttpAndNotStored(String position) throws Exception {
    Answer answer = calls.post("/api/runners/mallory/positions", position);
    assertThat(answer.status()).isIn(200, 400);
    if (answer.status() == 200) {
      assertThat(answer.json().path("refused").size()).isEqualTo(1);
      assertSaysWhatIsWrong(answer.json().path("refused").path(0).path("message").asString());
    } else {
      assertSaysWhatIsWrong(answer.message());
    }
    assertThat(calls.get("/api/runners/mallory").status()).isEqualTo(404);
  }

  @Test
  void nestingHasAnEnd() throws Exception {
    String deep = "{\"lat\":1,\"lon\":1,\"a\":" + "[".repeat(1_500) + "]".repeat(1_500) + "}";
    try (var client = TestClient.of(server, "{\"id\":\"eve\",\"trail\":0}")) {
      assertThat(client.say(deep).next().path("code").asString()).isEqualTo("bad_json");
      assertThat(client.untilMarked("eve")).isEmpty();
    }
    String deeper = "{\"a\":".repeat(200_000) + "1" + "}".repeat(200_000);
    Answer answer = calls.post("/api/runners/mallory/positions", deeper);
    assertThat(answer.status()).isIn(200, 400);
    assertThat(calls.post("/api/runners", deeper).status()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "..%2f..%2fetc",
        "anna.>",
        "anna.*",
        "$JS.API.>",
        "berlin/*/x",
        "*",
        "a b",
        "a\\u0000b",
        "<script>alert(1)</script>",
        "'; DROP TABLE position; --",
        "anna/",
        "/anna",
        "é",
        ""
      })
  void idThatIsNoNameIsRefused(String id) throws Exception {
    try (var client = TestClient.of(server, "{\"id\":\"" + id + "\"}")) {
      JsonNode error = client.next();
      assertThat(error.path("code").asString()).isEqualTo("bad_id");
      assertSaysWhatIsWrong(error.path("message").asString());
    }
    assertThat(calls.post("/api/runners", "{\"id\":\"" + id + "\"}").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/runners/..%2f..%2fetc%2fpasswd/track",
        "/api/runners/%2e%2e/track",
        "/r/..%2f..%2fadmin-key",
        "/assets/..%2f..%2fadmin-key",
        "/assets/%2e%2e/%2e%2e/data/admin-key",
        "/assets/0/..%2f..%2f/admin-key",
        "/assets/0/%2e%2e/map.html",
        "/assets/0/shared/..%2f..%2fmap.html",
        "/assets/0/shared%2f..%2fmap/map.css",
        "/assets/leaflet-1.9.4/images%2flayers.png",
        "/f/..%2f..%2fadmin-key",
        "/r/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/api/runners/anna%00.gpx"
      })
  void pathThatClimbsLeadsNowhere(String path) throws Exception {
    for (List<String> accept : List.of(List.of("Accept", "text/html"), List.of("Accept", "*/*"))) {
      Answer answer = calls.get(path, accept.toArray(String[]::new));
      assertThat(answer.status()).as(path).isBetween(400, 404);
      assertThat(answer.text()).doesNotContain("<script>alert", "Exception");
    }
  }

  @Test
  void whatIsRelayedStaysData() throws Exception {
    String note = "</script><img src=x onerror=alert(1)>\\u2028\\u0000\\\"";
    try (var client = TestClient.of(server, "{\"id\":\"eve\",\"trail\":0}")) {
      JsonNode heard =
          client.say("{\"lat\":1,\"lon\":1,\"note\":\"" + note + "\",\"__proto__\":7}").next();
      assertThat(heard.path("note").asString())
          .isEqualTo(new JsonMapper().readTree('"' + note + '"').asString());
    }
    Answer track = calls.get("/api/runners/eve/track");
    assertThat(track.header("content-type")).startsWith("application/json");
    assertThat(track.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(calls.get("/api/runners/eve/track.gpx").text()).doesNotContain("<img");
  }

  @Test
  void wrongKeysAreAnsweredAlikeHoweverNearTheyAre() throws Exception {
    var anna = new Owner(calls, "anna", "");
    String body = "{\"lat\":1,\"lon\":1}";
    String path = "/api/runners/anna/positions";
    Answer first = calls.post(path, body, Owner.bearer("0000000000000000000000"));
    for (String near :
        List.of(
            anna.key.substring(0, 21),
            anna.key.substring(0, 21) + (anna.key.endsWith("0") ? "1" : "0"),
            anna.key + "0",
            anna.key.toLowerCase(java.util.Locale.ROOT) + "x",
            "x".repeat(4_000))) {
      Answer answer = calls.post(path, body, Owner.bearer(near));
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.text()).isEqualTo(first.text());
      assertThat(answer.response().headers().map().keySet())
          .isEqualTo(first.response().headers().map().keySet());
    }
    assertThat(calls.post(path, body, Owner.bearer(" " + anna.key + " ")).status()).isEqualTo(200);
  }
}
