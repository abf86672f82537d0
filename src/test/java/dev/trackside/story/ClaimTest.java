package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Owner;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClaimTest {
  private static final String HERE = "{\"lat\":52.5,\"lon\":13.4}";

  @TempDir private Path data;
  private Running server;
  private Calls calls;

  @BeforeEach
  void start() throws IOException {
    server = Running.in(data);
    calls = new Calls(server.http());
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private void restart() throws IOException {
    stop();
    start();
  }

  private String adminKey() throws IOException {
    return Files.readString(data.resolve("admin-key")).strip();
  }

  @Test
  void whoClaimsGetsAKeyOnceAndPublishesWithIt() throws Exception {
    Answer answer = calls.post("/api/runners", "{\"id\":\"anna\",\"name\":\"Anna <b>\"}");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    String key = answer.json().path("key").asString();
    assertThat(key).matches("[0-9A-Za-z]{22}");
    assertThat(answer.json().path("links").path("follow").asString())
        .matches(server.http() + "f/[0-9A-Za-z]{22}");
    assertThat(answer.json().path("links").path("publish").asString())
        .isEqualTo(server.http() + "run#" + key);
    String path = "/api/runners/anna/positions";
    assertThat(calls.post(path, HERE).status()).isEqualTo(401);
    assertThat(calls.post(path, HERE, Owner.bearer("wrong")).status()).isEqualTo(403);
    assertThat(calls.post(path + "?key=" + key, HERE).status()).isEqualTo(200);
    assertThat(calls.post(path, HERE, Owner.bearer(key)).status()).isEqualTo(200);
    Answer shown = calls.get("/api/runners/anna", Owner.bearer(key));
    assertThat(shown.json().path("name").asString()).isEqualTo("Anna <b>");
    assertThat(shown.text()).doesNotContain(key);
  }

  @Test
  void idThatTheServerChoosesIsOneThatNobodyGuesses() throws Exception {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      ids.add(calls.post("/api/runners", "").json().path("id").asString());
    }
    assertThat(ids).hasSize(20).allMatch(id -> id.matches("[0-9A-Za-z]{22}"));
  }

  @Test
  void claimedRunnerWithoutPositionsHasAnEmptyTrack() throws Exception {
    var anna = new Owner(calls, "anna", "");
    assertThat(anna.call("GET", "/track").json().toString())
        .isEqualTo("{\"id\":\"anna\",\"positions\":[]}");
    assertThat(anna.call("GET", "/track.geojson").json().path("features").size()).isZero();
    assertThat(anna.call("GET", "/track.gpx").text()).contains("<gpx").doesNotContain("<trkpt");
    assertThat(anna.call("GET", "/track?after=0").status()).isEqualTo(200);
    assertThat(anna.call("GET", "/track?after=5").status()).isEqualTo(410);
    Answer stranger = calls.get("/api/runners/anna/track");
    assertThat(stranger.status()).isEqualTo(404);
    assertThat(stranger.text().replace("anna", "bob"))
        .isEqualTo(calls.get("/api/runners/bob/track").text());
    String tag = anna.call("GET", "/track").header("ETag");
    assertThat(
            calls
                .get(
                    "/api/runners/anna/track",
                    "Authorization",
                    "Bearer " + anna.key,
                    "If-None-Match",
                    tag)
                .status())
        .isEqualTo(304);
    anna.publish(HERE);
    assertThat(anna.call("GET", "/track").header("ETag")).isNotEqualTo(tag);
    new Owner(calls, "carla", ",\"visibility\":\"public\"");
    assertThat(calls.get("/api/runners/carla/track").status()).isEqualTo(200);
  }

  @Test
  void moreThanSoManyRunnersCannotBeClaimed() throws Exception {
    stop();
    server = Running.in(data, "--claims=2");
    calls = new Calls(server.http());
    var anna = new Owner(calls, "anna", "");
    new Owner(calls, "bob", "");
    Answer refused = calls.post("/api/runners", "{\"id\":\"carla\"}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("not_allowed");
    assertThat(refused.message()).contains("At most 2 runners").contains("carla");
    assertThat(calls.post("/api/runners", "").status()).isEqualTo(403);
    assertThat(calls.post("/api/runners", "{\"id\":\"anna\"}").status()).isEqualTo(403);
    assertThat(anna.publish(HERE).status()).isEqualTo(200);
    assertThat(anna.call("DELETE", "").status()).isEqualTo(204);
    assertThat(calls.post("/api/runners", "{\"id\":\"carla\"}").status()).isEqualTo(201);
  }

  @Test
  void keyIsKeptAsItsHashOnly() throws Exception {
    var anna = new Owner(calls, "anna", "");
    String link = anna.link("{}").json().path("key").asString();
    restart();
    assertThat(calls.post(anna.path + "/positions", HERE, Owner.bearer(anna.key)).status())
        .isEqualTo(200);
    assertThat(calls.get(anna.path, Owner.bearer(link)).status()).isEqualTo(200);
    try (var files = Files.list(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(
                new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
            .doesNotContain(anna.key)
            .doesNotContain(link);
      }
    }
    assertThat(Files.getPosixFilePermissions(data.resolve("admin-key"))).hasSize(2);
  }

  @Test
  void idThatIsTakenIsNotGivenTwice() throws Exception {
    new Owner(calls, "anna", "");
    assertThat(calls.post("/api/runners", "{\"id\":\"anna\"}").status()).isEqualTo(409);
  }

  @Test
  void openIdThatIsInUseIsTaken() throws Exception {
    calls.post("/api/runners/ben/positions", HERE);
    assertThat(calls.post("/api/runners", "{\"id\":\"ben\"}").status()).isEqualTo(409);
    try (var carla = TestClient.of(server, "{\"id\":\"carla\",\"events\":true}")) {
      carla.next();
      assertThat(calls.post("/api/runners", "{\"id\":\"carla\"}").status()).isEqualTo(409);
    }
    await().until(() -> calls.post("/api/runners", "{\"id\":\"carla\"}").status() == 201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"../x\"} | bad_id",
        "{\"id\":\"a.b.>\"} | bad_id",
        "{\"id\":\"<script>\"} | bad_id",
        "{\"id\":\"a/b/c\"} | bad_id",
        "{\"id\":7} | bad_request",
        "{\"name\":\"\"} | bad_request",
        "{\"name\":\"a\\u0000b\"} | bad_request",
        "{\"name\":\"\\u202eanna\"} | bad_request",
        "{\"name\":\"an\\u200bna\"} | bad_request",
        "{\"name\":\"\\u200d\"} | bad_request",
        "{\"name\":\"  \"} | bad_request",
        "{\"visibility\":\"secret\"} | bad_request",
        "{\"admin\":true} | bad_request",
        "[] | bad_json",
        "' ' | bad_json",
        "{\"id\":\"a\",\"id\":\"b\"} | bad_json",
        "{\"name\": | bad_json"
      })
  void claimThatIsWrongIsToldWhatIsWrong(String body, String code) throws Exception {
    Answer answer = calls.post("/api/runners", body);
    assertThat(answer.status()).as(body).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.message()).isNotEmpty();
  }

  @Test
  void runnerInARaceIsMadeWithTheAdminKeyOnly() throws Exception {
    String body = "{\"id\":\"berlin/7\"}";
    assertThat(calls.post("/api/runners", body).status()).isEqualTo(401);
    assertThat(calls.post("/api/runners", body, Owner.bearer("no")).status()).isEqualTo(403);
    assertThat(calls.post("/api/runners", body, Owner.bearer(adminKey())).status()).isEqualTo(201);
    assertThat(calls.post("/api/races/berlin/runners/8/positions", HERE).status()).isEqualTo(401);
    assertThat(calls.post("/api/races/paris/runners/8/positions", HERE).status()).isEqualTo(200);
  }

  @Test
  void claimCountsForConnectionsThatAreOpenAlready() throws Exception {
    try (var squatter = TestClient.of(server, "{\"follow\":[],\"events\":true}")) {
      squatter.say("{\"ping\":1}").next();
      var anna = new Owner(calls, "anna", "");
      squatter.say("{\"id\":\"anna\",\"lat\":1,\"lon\":1}");
      assertThat(squatter.next().path("code").asString()).isEqualTo("not_allowed");
      squatter.say("{\"id\":\"anna\",\"lat\":1,\"lon\":1,\"ref\":3}");
      assertThat(squatter.next().path("verdict").asString()).isEqualTo("refused");
      squatter.say("{\"id\":\"anna\",\"lat\":1,\"lon\":1,\"ref\":4,\"key\":\"" + anna.key + "\"}");
      assertThat(squatter.next().path("verdict").asString()).isEqualTo("accepted");
    }
  }

  @Test
  void newKeyEndsTheOneBeforeOnOpenConnectionsToo() throws Exception {
    var anna = new Owner(calls, "anna", "");
    var phone =
        TestClient.of(server, "{\"id\":\"anna\",\"events\":true,\"key\":\"" + anna.key + "\"}");
    assertThat(phone.next().path("publish").asBoolean()).isTrue();
    Answer rotated = anna.call("POST", "/key");
    assertThat(rotated.status()).isEqualTo(200);
    assertThat(phone.closeCode()).isEqualTo(4401);
    assertThat(anna.publish(HERE).status()).isEqualTo(403);
    anna.key = rotated.json().path("key").asString();
    assertThat(anna.publish(HERE).status()).isEqualTo(200);
    restart();
    assertThat(calls.post(anna.path + "/positions", HERE, Owner.bearer(anna.key)).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":\"anna\"}", "anna", "{\"follow\":[\"anna\"]}"})
  void whoMayNotFollowIsSentAwayWith4401(String first) throws Exception {
    new Owner(calls, "anna", "");
    try (var stranger = TestClient.of(server, first)) {
      assertThat(stranger.closeCode()).isEqualTo(4401);
    }
  }

  @Test
  void whoMayNotFollowLaterIsToldAndStays() throws Exception {
    new Owner(calls, "anna", "");
    try (var ben = TestClient.of(server, "{\"id\":\"ben\"}")) {
      ben.say("{\"follow\":[\"anna\"]}");
      assertThat(ben.next().path("code").asString()).isEqualTo("not_allowed");
      assertThat(ben.untilMarked("ben")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/track", "/track.gpx", "/track.geojson"})
  void privateRunnerLooksLikeOneWhoIsNotThere(String below) throws Exception {
    var anna = new Owner(calls, "anna", "");
    anna.publish(HERE);
    Answer hidden = calls.get("/api/runners/anna" + below);
    Answer missing = calls.get("/api/runners/nobody" + below);
    assertThat(hidden.status()).isEqualTo(404);
    assertThat(missing.status()).isEqualTo(404);
    assertThat(hidden.text()).isEqualTo(missing.text().replace("nobody", "anna"));
    assertThat(hidden.response().headers().map().keySet())
        .isEqualTo(missing.response().headers().map().keySet());
    assertThat(calls.get("/api/runners/anna/events").status()).isEqualTo(404);
  }

  @Test
  void privateRunnerIsInNoListAndNoRaceOfOthers() throws Exception {
    var seven = new Owner(calls, "berlin/7", ",\"visibility\":\"public\"", adminKey());
    var eight = new Owner(calls, "berlin/8", "", adminKey());
    try (var crowd =
            TestClient.of(server, "{\"follow\":[\"berlin/*\"],\"trail\":100,\"events\":true}");
        var director =
            TestClient.of(
                server, "{\"id\":\"berlin/*\",\"trail\":100,\"key\":\"" + adminKey() + "\"}")) {
      crowd.next();
      eight.publish(HERE);
      seven.publish(HERE);
      eight.publish(HERE);
      assertThat(crowd.next().path("id").asString()).isEqualTo("berlin/7");
      assertThat(crowd.next().path("id").asString()).isEqualTo("berlin/7"); // their state
      assertThat(director.next(3))
          .extracting(one -> one.path("id").asString())
          .contains("berlin/7", "berlin/8");
      assertThat(eight.call("DELETE", "").status()).isEqualTo(204);
      seven.publish(HERE);
      assertThat(crowd.next().path("id").asString()).isEqualTo("berlin/7");
    }
    try (var late = TestClient.of(server, "{\"follow\":[\"berlin/*\"],\"after\":0}")) {
      assertThat(late.next(2))
          .extracting(one -> one.path("id").asString())
          .containsOnly("berlin/7");
    }
    assertThat(calls.get("/api/runners").text()).contains("berlin/7").doesNotContain("berlin/8");
  }

  @Test
  void visibilityThatIsTakenBackSendsFollowersAway() throws Exception {
    var anna = new Owner(calls, "anna", ",\"visibility\":\"public\"");
    var follower = TestClient.of(server, "{\"id\":\"anna\",\"events\":true}");
    assertThat(follower.next().path("publish").asBoolean()).isFalse();
    assertThat(anna.change("{\"visibility\":\"link\"}").status()).isEqualTo(200);
    assertThat(follower.closeCode()).isEqualTo(4401);
  }

  @Test
  void erasedRunnerIsFreeAgain() throws Exception {
    var anna = new Owner(calls, "anna", "");
    anna.publish(HERE);
    assertThat(calls.call("DELETE", anna.path, BodyPublishers.noBody()).status()).isEqualTo(401);
    assertThat(anna.call("DELETE", "").status()).isEqualTo(204);
    assertThat(anna.call("GET", "").status()).isEqualTo(404);
    assertThat(calls.post("/api/runners", "{\"id\":\"anna\"}").status()).isEqualTo(201);
  }

  @Test
  void whoeverHasTheAdminKeyMayManageEverybody() throws Exception {
    var anna = new Owner(calls, "anna", "");
    anna.key = adminKey();
    assertThat(anna.change("{\"name\":\"A.\"}").json().path("name").asString()).isEqualTo("A.");
    assertThat(anna.call("GET", "").status()).isEqualTo(200);
    assertThat(anna.publish(HERE).status()).isEqualTo(403);
  }

  @Test
  void adminKeyPublishesNowhere() throws Exception {
    new Owner(calls, "berlin/7", "", adminKey());
    String[] admin = Owner.bearer(adminKey());
    for (String path : new String[] {"/api/runners/open", "/api/races/berlin/runners/8"}) {
      assertThat(calls.post(path + "/positions", HERE, admin).status()).as(path).isEqualTo(403);
      assertThat(calls.get(path, admin).status()).as(path).isEqualTo(404);
    }
    for (String id : new String[] {"open", "berlin/8", "berlin/*"}) {
      String hello = "{\"id\":\"%s\",\"events\":true,\"key\":\"%s\"}".formatted(id, adminKey());
      try (var operator = TestClient.of(server, hello)) {
        assertThat(operator.next().path("publish").asBoolean()).as(id).isFalse();
      }
    }
    try (var closed = Running.with("--open=false", "--admin-key=0123456789abcdef");
        var there = new Calls(closed.http())) {
      String[] key = Owner.bearer("0123456789abcdef");
      assertThat(there.post("/api/runners/ben/positions", HERE, key).status()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "می\u200cخواهم",
        "क्\u200dष",
        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
      })
  void nameMayHaveJoiners(String name) throws Exception {
    var anna = new Owner(calls, "anna", ",\"visibility\":\"public\",\"name\":\"" + name + "\"");
    assertThat(anna.call("GET", "").json().path("name").asString()).isEqualTo(name);
    assertThat(anna.change("{\"name\":\"" + name + "!\"}").status()).isEqualTo(200);
    assertThat(anna.link("{\"name\":\"" + name + "\"}").status()).isEqualTo(201);
  }

  @Test
  void nameThatAPhoneSendsTurnsNoWordsAround() throws Exception {
    String body = "{\"lat\":52.5,\"lon\":13.4,\"name\":\"a\u202enna\"}";
    assertThat(calls.post("/api/runners/open/positions", body).status()).isEqualTo(200);
    assertThat(calls.get("/api/runners/open").json().path("name").asString()).isEqualTo("a?nna");
  }

  @Test
  void nothingIsOpenWhereTheOperatorSaysSo() throws Exception {
    try (var closed = Running.with("--open=false");
        var there = new Calls(closed.http())) {
      assertThat(there.post("/api/runners/ben/positions", HERE).status()).isEqualTo(401);
      try (var ben = TestClient.of(closed, "{\"id\":\"ben\"}")) {
        assertThat(ben.closeCode()).isEqualTo(4401);
      }
      assertThat(new Owner(there, "ben", "").publish(HERE).status()).isEqualTo(200);
    }
  }

  @Test
  void rehearsalsRunnersAreNobodyElses() throws Exception {
    try (var show = Running.with("--demo", "--open=false");
        var there = new Calls(show.http())) {
      assertThat(there.post("/api/races/rehearsal/runners/anna/positions", HERE).status())
          .isEqualTo(401);
      assertThat(there.post("/api/races/rehearsal/runners/me/positions", HERE).status())
          .isEqualTo(401);
      await().until(() -> there.get("/api/runners").json().path("runners").size() == 8);
      assertThat(there.get("/api/runners").text()).contains("\"name\":\"Chloé\"");
    }
  }
}
