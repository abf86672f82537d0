package dev.trackside.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Running;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Reading one runner, erasing them, and the rights to do so. */
class RunnerTest {
  private static final String PLACE = "{\"lat\":1,\"lon\":2,\"name\":\"Änna\"}";

  private Running server;
  private Calls calls;

  @BeforeEach
  void start() throws Exception {
    server = Running.with("--origin=https://club.example");
    calls = new Calls(server.http());
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private Answer delete(String path, String... headers) throws Exception {
    return calls.call("DELETE", path, BodyPublishers.noBody(), headers);
  }

  @ParameterizedTest
  @CsvSource({"/api/runners/anna, anna", "/api/races/berlin/runners/7/, berlin/7"})
  void runnerHasNameStateAndNewestPosition(String path, String id) throws Exception {
    calls.post(path + "/positions".substring(path.endsWith("/") ? 1 : 0), PLACE);
    Answer answer = calls.get(path);
    assertThat(answer.header("cache-control")).isEqualTo("no-cache");
    JsonNode runner = answer.json();
    assertThat(runner.propertyNames())
        .containsExactly("id", "name", "state", "position", "watching");
    assertThat(runner.path("id").asString()).isEqualTo(id);
    assertThat(runner.path("name").asString()).isEqualTo("Änna");
    assertThat(runner.path("state").asString()).isEqualTo("live");
    assertThat(runner.path("position").path("id").asString()).isEqualTo(id);
    assertThat(runner.path("watching").asInt()).isZero();
  }

  @Test
  void erasedRunnerIsNotThereAnyMore() throws Exception {
    calls.post("/api/runners/anna/positions", PLACE);
    Answer answer = delete("/api/runners/anna");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.bytes()).isEmpty();
    for (String path : new String[] {"", "/track", "/track.gpx"}) {
      assertThat(calls.get("/api/runners/anna" + path).status()).isEqualTo(404);
    }
    assertThat(delete("/api/runners/anna").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.b",
        "%C3%A9",
        "a%20b",
        "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff12345"
      })
  void nameThatIsImpossibleIsSaid(String id) throws Exception {
    for (Answer answer :
        new Answer[] {
          calls.get("/api/runners/" + id),
          calls.get("/api/races/berlin/runners/" + id + "/track"),
          calls.post("/api/runners/" + id + "/positions", PLACE),
          delete("/api/runners/" + id)
        }) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("bad_id");
      assertThat(answer.message()).startsWith("id must be 1 to 64 of A-Z a-z 0-9 _ -");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://localhost"})
  void foreignPageMayReadButNotChange(String origin) throws Exception {
    calls.post("/api/runners/anna/positions", PLACE);
    String[] header = {"Origin", origin};
    for (Answer answer :
        new Answer[] {
          calls.post("/api/runners/anna/positions", PLACE, header),
          delete("/api/runners/anna", header)
        }) {
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("foreign_origin");
    }
    assertThat(calls.get("/api/runners/anna/track", header).json().path("positions")).hasSize(1);
  }

  @Test
  void pagesOfTheServerAndOfListedSitesMayChange() throws Exception {
    String own = "http://" + server.http().getAuthority();
    for (String origin : new String[] {own, "https://club.example"}) {
      Answer answer = calls.post("/api/runners/anna/positions", PLACE, "Origin", origin);
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  @Test
  void withoutTheRightNobodyIsThere() throws Exception {
    try (var closed = Running.with("--open=false");
        var strangers = new Calls(closed.http())) {
      Answer answer = strangers.post("/api/runners/anna/positions", PLACE);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.code()).isEqualTo("key_missing");
      assertThat(answer.message()).isEqualTo("anna needs a key.");
      assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
      assertThat(strangers.get("/api/runners/anna").status()).isEqualTo(404);
      assertThat(strangers.get("/api/runners/anna/track").message())
          .isEqualTo("There are no positions of anna.");
      assertThat(strangers.call("DELETE", "/api/runners/anna", BodyPublishers.noBody()).status())
          .isEqualTo(401);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT | /api/runners/anna/positions | POST",
        "GET | /api/runners/anna/positions | POST",
        "DELETE | /api/runners/anna/track | GET, HEAD",
        "POST | /api/runners/anna/track.gpx/ | GET, HEAD",
        "PUT | /api/races/berlin/runners/7 | DELETE, GET, HEAD, PATCH"
      })
  void methodThatIsNotTakenIsAnsweredWithThoseThatAre(String method, String path, String allow)
      throws Exception {
    Answer answer = calls.call(method, path, BodyPublishers.noBody());
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("allow").split(", ")).containsExactlyInAnyOrder(allow.split(", "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/runners",
        "/api/runners/anna",
        "/api/runners/anna/track",
        "/api/runners/anna/track.geojson",
        "/api/runners/anna/track.gpx",
        "/api/runners/bob",
        "/api/runners/bob/track",
        "/api/runners/anna/track?limit=0"
      })
  void headIsGetWithoutTheBody(String path) throws Exception {
    calls.post("/api/runners/anna/positions", PLACE);
    Answer get = calls.get(path);
    Answer head = calls.call("HEAD", path, BodyPublishers.noBody());
    assertThat(head.status()).isEqualTo(get.status());
    assertThat(head.bytes()).isEmpty();
    for (String header : new String[] {"content-type", "etag", "cache-control"}) {
      assertThat(head.header(header)).isEqualTo(get.header(header));
    }
  }
}
