package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Knock;
import dev.trackside.support.RawStream;
import dev.trackside.support.Running;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Wrong keys lock out wrong keys, and nobody else. */
class WrongKeysTest {
  private static final int MOST = 20;
  private static final String POSITION = "{\"lat\":1,\"lon\":2}";

  private final HttpClient http = HttpClient.newHttpClient();
  private Running server;
  private String key;

  @BeforeEach
  void claim() throws Exception {
    server = Running.with("--limit-loopback", "--address-handshakes=100000");
    key = post("/api/runners", "{\"id\":\"anna\"}", "").get("key").asString();
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
    server.close();
  }

  private record Told(int status, String retryAfter, String body) {}

  private Told call(String method, String path, String body, String shown) throws Exception {
    var request =
        HttpRequest.newBuilder(server.http().resolve(path))
            .method(method, BodyPublishers.ofString(body));
    if (!shown.isEmpty()) {
      request.header("Authorization", "Bearer " + shown);
    }
    var response = http.send(request.build(), BodyHandlers.ofString());
    String retryAfter = response.headers().firstValue("Retry-After").orElse("");
    return new Told(response.statusCode(), retryAfter, response.body());
  }

  private JsonNode post(String path, String body, String shown) throws Exception {
    return new JsonMapper().readTree(call("POST", path, body, shown).body);
  }

  private Told publish(String shown) throws Exception {
    return call("POST", "/api/runners/anna/positions", POSITION, shown);
  }

  private void lockOut() throws Exception {
    for (int i = 1; i < MOST; i++) {
      assertThat(publish("wrong" + i).status).as("wrong key " + i).isEqualTo(403);
    }
    assertThat(publish("wrong").status).isEqualTo(429);
  }

  private Knock register(String shown) throws IOException {
    return Knock.at(server).say("{\"id\":\"anna\",\"key\":\"" + shown + "\"}");
  }

  @Test
  void twentiethWrongKeyIsToldToWaitAndEachLaterOneLonger() throws Exception {
    lockOut();
    for (String seconds : List.of("2", "4", "8", "16", "32", "60", "60")) {
      Told answer = publish("wrong");
      assertThat(answer.status).isEqualTo(429);
      assertThat(answer.retryAfter).isEqualTo(seconds);
      assertThat(answer.body)
          .contains("too_many_requests", "This address showed 20 or more wrong keys");
    }
  }

  @Test
  void everyCallThatTakesAKeyCountsTheWrongOnes() throws Exception {
    lockOut();
    for (String path :
        List.of(
            "/api/runners/anna",
            "/api/runners/anna/track",
            "/api/runners/anna/links",
            "/api/runners/anna/events",
            "/api/races/berlin/links",
            "/f/wrong")) {
      assertThat(call("GET", path, "", "wrong").status).as(path).isEqualTo(429);
    }
    String inRace = "{\"id\":\"berlin/7\"}";
    assertThat(call("POST", "/api/runners", inRace, "wrong").status).isEqualTo(429);
    assertThat(call("PATCH", "/api/runners/anna", "{}", "wrong").status).isEqualTo(429);
    assertThat(call("DELETE", "/api/runners/anna", "", "wrong").status).isEqualTo(429);
    assertThat(call("GET", "/api/runners/anna?key=wrong", "", "").status).isEqualTo(429);
  }

  @Test
  void rightKeyAndNoKeyAreAnsweredAsEver() throws Exception {
    lockOut();
    for (int i = 0; i < MOST; i++) {
      assertThat(publish("wrong").status).isEqualTo(429);
      assertThat(publish(key).status).isEqualTo(200);
      assertThat(publish("").status).isEqualTo(401);
      assertThat(call("GET", "/api/runners/anna", "", key).status).isEqualTo(200);
      assertThat(call("GET", "/api/runners/anna", "", "").status).isEqualTo(404);
    }
    try (var right = register(key).say(POSITION)) {
      assertThat(right.next()).contains("anna");
    }
    try (var none = Knock.at(server).say("anna")) {
      assertThat(none.closeCode()).isEqualTo(4401);
    }
    try (var stream = RawStream.of(server, "anna/events?key=" + key)) {
      assertThat(stream.next().data()).contains("anna");
    }
  }

  @Test
  void wrongKeysOfWebSocketsCountToo() throws Exception {
    for (int i = 1; i < MOST; i++) {
      try (var wrong = register("wrong" + i)) {
        assertThat(wrong.closeCode()).as("wrong key " + i).isEqualTo(4401);
      }
    }
    try (var wrong = register("wrong")) {
      assertThat(wrong.closeCode()).isEqualTo(4429);
    }
    assertThat(publish("wrong").retryAfter).isEqualTo("2");
    try (var right = register(key).say(POSITION)) {
      assertThat(right.next()).contains("anna");
    }
  }

  @Test
  void laterMessageWithAWrongKeyEndsTheConnectionOfWhoIsLockedOut() throws Exception {
    String follow = "{\"follow\":[\"anna\"],\"keys\":{\"anna\":\"wrong\"}}";
    String publish = "{\"id\":\"anna\",\"key\":\"wrong\",\"lat\":1,\"lon\":2}";
    String publishWithRef = "{\"id\":\"anna\",\"key\":\"wrong\",\"ref\":1,\"lat\":1,\"lon\":2}";
    try (var early = Knock.at(server).say("bob").say(follow)) {
      assertThat(early.next()).contains("not_allowed");
      lockOutAfter(1);
      for (String message : List.of(follow, publish, publishWithRef)) {
        try (var late = Knock.at(server).say("{\"id\":\"bob\",\"events\":true}").say(message)) {
          assertThat(late.closeCode()).as(message).isEqualTo(4429);
        }
      }
    }
  }

  private void lockOutAfter(int already) throws Exception {
    for (int i = already + 1; i < MOST; i++) {
      assertThat(publish("wrong").status).isEqualTo(403);
    }
    assertThat(publish("wrong").status).isEqualTo(429);
  }

  @Test
  void keyOfALinkThatHasEndedIsNoWrongOne() throws Exception {
    JsonNode link = post("/api/runners/anna/links", "{}", key);
    String links = "/api/runners/anna/links/" + link.get("id").asString();
    assertThat(call("DELETE", links, "", key).status).isEqualTo(204);
    String ended = link.get("key").asString();
    for (int i = 0; i < MOST; i++) {
      assertThat(call("GET", "/api/runners/anna", "", ended).status).isEqualTo(403);
      assertThat(publish(ended).status).isEqualTo(403);
      try (var socket = register(ended)) {
        assertThat(socket.closeCode()).isEqualTo(4403);
      }
    }
    assertThat(publish("wrong").status).isEqualTo(403);
  }

  @Test
  void wrongKeysOfThisMachineAreOnlyWrong() throws Exception {
    server.close();
    server = Running.with("--address-wrong-keys=1");
    post("/api/runners", "{\"id\":\"anna\"}", "");
    assertThat(publish("wrong").status).isEqualTo(403);
    assertThat(publish("wrong").status).isEqualTo(403);
  }
}
