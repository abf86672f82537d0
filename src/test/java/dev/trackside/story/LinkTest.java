package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Owner;
import dev.trackside.support.RawSpectator;
import dev.trackside.support.RawStream;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class LinkTest {
  private static final String HERE = "{\"lat\":52.5,\"lon\":13.4}";

  @TempDir private Path data;
  private Running server;
  private Calls calls;
  private Owner anna;

  @BeforeEach
  void start() throws Exception {
    server = Running.in(data);
    calls = new Calls(server.http());
    anna = new Owner(calls, "anna", "");
    anna.publish(HERE);
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private String adminKey() throws IOException {
    return Files.readString(data.resolve("admin-key")).strip();
  }

  private TestClient follow(String feed, String key) throws InterruptedException {
    return TestClient.of(server, "{\"follow\":[\"" + feed + "\"],\"key\":\"" + key + "\"}");
  }

  @Test
  void linkFollowsAndNeverPublishes() throws Exception {
    JsonNode link = anna.link("{\"name\":\"the family\",\"expires\":3600}").json();
    String key = link.path("key").asString();
    assertThat(URI.create(link.path("url").asString()).getPath()).isEqualTo("/f/" + key);
    assertThat(calls.get("/api/runners/anna?key=" + key).status()).isEqualTo(200);
    assertThat(calls.get("/api/runners/anna/track.gpx", Owner.bearer(key)).status()).isEqualTo(200);
    assertThat(calls.post("/api/runners/anna/positions", HERE, Owner.bearer(key)).status())
        .isEqualTo(403);
    assertThat(calls.post("/api/runners/anna/links", "{}", Owner.bearer(key)).status())
        .isEqualTo(403);
    try (var mother = follow("anna", key)) {
      assertThat(mother.next().path("id").asString()).isEqualTo("anna");
      mother.say("{\"id\":\"anna\",\"lat\":1,\"lon\":1}");
      assertThat(mother.next().path("code").asString()).isEqualTo("not_allowed");
    }
  }

  @Test
  void linkShowsOneRunnerAndNoOther() throws Exception {
    var ben = new Owner(calls, "ben", "");
    ben.publish(HERE);
    String key = anna.link("{}").json().path("key").asString();
    assertThat(calls.get("/api/runners/ben?key=" + key).status()).isEqualTo(404);
    try (var stranger = follow("ben", key)) {
      assertThat(stranger.closeCode()).isEqualTo(4401);
    }
  }

  @Test
  void linksAreListedWithoutTheirKeys() throws Exception {
    String key =
        anna.link("{\"name\":\"<img src=x>\",\"expires\":60}").json().path("key").asString();
    Answer list = anna.call("GET", "/links");
    assertThat(list.header("cache-control")).isEqualTo("no-store");
    assertThat(list.json().path("links"))
        .extracting(one -> one.path("name").asString())
        .containsExactly("<img src=x>", "first");
    assertThat(list.text()).doesNotContain(key);
    assertThat(calls.get(anna.path + "/links").status()).isEqualTo(401);
  }

  @Test
  void revokedLinkEndsWhatCameThroughIt() throws Exception {
    JsonNode link = anna.link("{}").json();
    String key = link.path("key").asString();
    String other = anna.link("{}").json().path("key").asString();
    var mother = follow("anna", key);
    var father = follow("anna", other);
    try (var stream = RawStream.of(server, "anna/events?key=" + key)) {
      mother.next();
      father.next();
      assertThat(stream.next().data()).contains("\"id\":\"anna\"");
      assertThat(anna.call("DELETE", "/links/" + link.path("id").asString()).status())
          .isEqualTo(204);
      assertThat(mother.closeCode()).isEqualTo(4403);
      RawStream.Event goodbye = stream.next();
      assertThat(goodbye.name() + goodbye.data()).isEqualTo("goodbye{\"code\":4403}");
    }
    assertThat(calls.get("/api/runners/anna/events?key=" + key).status()).isEqualTo(403);
    assertThat(calls.get("/api/runners/anna/track?key=" + key).code()).isEqualTo("link_ended");
    anna.publish("{\"lat\":53,\"lon\":13}");
    assertThat(father.next().path("lat").asDouble()).isEqualTo(53);
    try (var back = follow("anna", key)) {
      assertThat(back.closeCode()).isEqualTo(4403);
    }
    assertThat(anna.call("DELETE", "/links/" + link.path("id").asString()).status()).isEqualTo(404);
  }

  @Test
  void raceLinkShowsEverybodyInTheRace() throws Exception {
    var seven = new Owner(calls, "berlin/7", "", adminKey());
    seven.publish(HERE);
    Answer made = calls.post("/api/races/berlin/links", "{}", Owner.bearer(adminKey()));
    assertThat(made.status()).isEqualTo(201);
    String key = made.json().path("key").asString();
    try (var club = follow("berlin/*", key);
        var mother = follow("berlin/7", key);
        var other = follow("paris/*", key)) {
      assertThat(club.next().path("id").asString()).isEqualTo("berlin/7");
      assertThat(mother.next().path("id").asString()).isEqualTo("berlin/7");
      other.say("{\"follow\":[\"someone\"]}");
      assertThat(other.untilMarked("someone")).isEmpty();
      String id = made.json().path("id").asString();
      assertThat(
              calls
                  .call(
                      "DELETE",
                      "/api/races/berlin/links/" + id,
                      java.net.http.HttpRequest.BodyPublishers.noBody(),
                      Owner.bearer(adminKey()))
                  .status())
          .isEqualTo(204);
      assertThat(club.closeCode()).isEqualTo(4403);
      assertThat(mother.closeCode()).isEqualTo(4403);
    }
    assertThat(calls.post("/api/races/berlin/links", "{}", Owner.bearer(seven.key)).status())
        .isEqualTo(403);
  }

  @Test
  void claimThatEndsTakesItsLinksAlong() throws Exception {
    String key = anna.link("{}").json().path("key").asString();
    var mother = follow("anna", key);
    mother.next();
    anna.call("DELETE", "");
    assertThat(mother.closeCode()).isEqualTo(4403);
    var next = new Owner(calls, "anna", "");
    next.publish(HERE);
    assertThat(calls.get("/api/runners/anna?key=" + key).status()).isEqualTo(404);
  }

  @Test
  void whoDoesNotTakeTheGoodbyeIsCutOff() throws Exception {
    JsonNode link = anna.link("{}").json();
    try (var _ =
        new RawSpectator(
            server.port(),
            0,
            "{\"id\":\"anna\",\"key\":\"" + link.path("key").asString() + "\"}")) {
      await().until(() -> server.gauge("channels") > 0);
      anna.call("DELETE", "/links/" + link.path("id").asString());
      await().until(() -> server.leftovers().startsWith("0 subscribers"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"expires\":59}",
        "{\"expires\":31622401}",
        "{\"expires\":1e999}",
        "{\"expires\":\"soon\"}",
        "{\"name\":\"\"}",
        "{\"who\":1}"
      })
  void linkThatIsWrongIsToldWhatIsWrong(String body) throws Exception {
    Answer answer = anna.link(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).isNotEmpty();
  }

  @Test
  void runnerHasAHundredLinksAtMost() throws Exception {
    for (int i = 1; i < 100; i++) {
      assertThat(anna.link("{}").status()).isEqualTo(201);
    }
    assertThat(anna.link("{}").status()).isEqualTo(409);
  }

  @Test
  void idThatNobodyHasClaimedHasNoLinks() throws Exception {
    calls.post("/api/runners/ben/positions", HERE);
    assertThat(calls.post("/api/runners/ben/links", "{}").code()).isEqualTo("unclaimed");
  }

  @Test
  void linksThatEndedLongAgoAreForgotten() throws Exception {
    String first = "";
    for (int i = 0; i <= 101; i++) {
      JsonNode link = anna.link("{}").json();
      first = i == 0 ? link.path("key").asString() : first;
      assertThat(anna.call("DELETE", "/links/" + link.path("id").asString()).status())
          .isEqualTo(204);
      if (i == 0) {
        assertThat(calls.get("/api/runners/anna?key=" + first).status()).isEqualTo(403);
      }
    }
    assertThat(calls.get("/api/runners/anna?key=" + first).status()).isEqualTo(404);
  }
}
