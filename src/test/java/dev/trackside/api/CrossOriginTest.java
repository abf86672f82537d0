package dev.trackside.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Running;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other sites may do. */
final class CrossOriginTest {
  private static final String FRIEND = "https://club.example";
  private static final String POSITION = "{\"lat\":52.5,\"lon\":13.4}";

  private static Running server;
  private static Calls calls;

  @BeforeAll
  static void open() throws Exception {
    server = Running.with("--origin=" + FRIEND + ",https://other.example:8443");
    calls = new Calls(server.http());
    calls.post("/api/runners/anna/positions", POSITION);
  }

  @AfterAll
  static void close() throws IOException {
    calls.close();
    server.close();
  }

  private static Answer preflight(String path, String origin) throws Exception {
    return calls.call(
        "OPTIONS",
        path,
        BodyPublishers.noBody(),
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "POST",
        "Access-Control-Request-Headers",
        "authorization,content-type");
  }

  private static void assertClosed(Answer answer) {
    assertThat(answer.response().headers().map().keySet())
        .noneMatch(name -> name.startsWith("access-control-"));
    assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
  }

  private static void assertOpen(Answer answer, String origin) {
    assertThat(answer.response().headers().allValues("Access-Control-Allow-Origin"))
        .containsExactly(origin);
    assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
    assertThat(answer.header("Access-Control-Expose-Headers")).isEqualTo("ETag, Retry-After");
    assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    assertThat(answer.response().headers().allValues("Vary")).contains("Origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/runners",
        "/api/runners/anna",
        "/api/runners/anna/track",
        "/api/runners/anna/track.gpx",
        "/api/runners/nobody",
        "/api/runners/not.a.name/track",
        "/api/nothing"
      })
  void friendlyPagesMayReadEveryAnswer(String path) throws Exception {
    assertOpen(calls.get(path, "Origin", FRIEND), FRIEND);
    assertOpen(
        calls.get(path, "Origin", "https://other.example:8443"), "https://other.example:8443");
  }

  @Test
  void friendlyPagesMayFollowByEventStream() throws Exception {
    var answer = calls.stream("/api/runners/anna/events", "Origin", FRIEND);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(FRIEND);
    answer.body().close();
  }

  @Test
  void friendlyPagesMayAskFirstAndThenPost() throws Exception {
    Answer asked = preflight("/api/runners/anna/positions", FRIEND);
    assertThat(asked.status()).isEqualTo(204);
    assertOpen(asked, FRIEND);
    assertThat(asked.header("Access-Control-Allow-Methods"))
        .isEqualTo("GET, HEAD, POST, PUT, PATCH, DELETE");
    assertThat(asked.header("Access-Control-Allow-Headers"))
        .isEqualTo("Authorization, Content-Type, Content-Encoding, Idempotency-Key, Last-Event-ID");
    Answer posted = calls.post("/api/runners/anna/positions", POSITION, "Origin", FRIEND);
    assertThat(posted.status()).isEqualTo(200);
    assertOpen(posted, FRIEND);
    Answer wrong = calls.post("/api/runners/anna/positions", "nothing", "Origin", FRIEND);
    assertThat(wrong.status()).isEqualTo(400);
    assertOpen(wrong, FRIEND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "https://elsewhere.example",
        "http://club.example",
        "https://club.example:444",
        "https://club.example.evil.example",
        "https://evil.club.example",
        "https://club.example/",
        "https://club.example https://elsewhere.example",
        "*"
      })
  void foreignPagesGetNoHeadersAndChangeNothing(String origin) throws Exception {
    assertClosed(calls.get("/api/runners/anna/track", "Origin", origin));
    Answer asked = preflight("/api/runners/anna/positions", origin);
    assertThat(asked.status()).isEqualTo(405);
    assertClosed(asked);
    for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE", "BREW"}) {
      for (String path : new String[] {"/api/runners/anna", "/nowhere", "/", "/phones/key"}) {
        Answer answer =
            calls.call(method, path, BodyPublishers.ofString(POSITION), "Origin", origin);
        assertThat(answer.status()).as(method + " " + path).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("foreign_origin");
        assertClosed(answer);
      }
    }
    assertThat(calls.get("/api/runners/anna").status()).isEqualTo(200);
  }

  @Test
  void cacheKnowsThatTheAnswerDependsOnWhoAsks() throws Exception {
    assertThat(calls.get("/api/runners/anna/track").response().headers().allValues("Vary"))
        .containsExactlyInAnyOrder("Origin", "Accept-Encoding, Authorization");
  }

  @Test
  void onlyCallsAreOpenToFriends() throws Exception {
    assertClosed(calls.get("/", "Origin", FRIEND));
    assertClosed(calls.get("/assets/0/shared/page.css", "Origin", FRIEND));
    assertClosed(calls.get("/health", "Origin", FRIEND));
  }
}
