package dev.trackside.story;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Owner;
import dev.trackside.support.PhoneRequest;
import dev.trackside.support.PhoneRequest.Answered;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Rules that hold for every phone app, so that none ever gets stuck on an answer. */
final class PhoneRulesTest {
  private static final long T = 1_778_400_000;

  @TempDir private Path data;
  private Running server;
  private Calls calls;
  private Owner anna;

  @BeforeEach
  void start() throws Exception {
    server = Running.in(data, "--quiet=1");
    calls = new Calls(server.http());
    anna = new Owner(calls, "anna", "");
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private void restart() throws IOException {
    stop();
    server = Running.in(data, "--quiet=1");
    calls = new Calls(server.http());
    anna = anna.through(calls);
  }

  private Answered send(String request) throws IOException {
    return new PhoneRequest(request, anna.key).sendTo(server.port());
  }

  private static String form(long seconds, String more) {
    return "POST /phone/{key} HTTP/1.1\n\nid=7&timestamp=%d&lat=52.1%d&lon=-0.4%s"
        .formatted(T + seconds, seconds, more);
  }

  private static String feature(int i) {
    return """
    {"type":"Feature","geometry":{"type":"Point","coordinates":[-0.4%05d,52.1%05d]},"properties":\
    {"timestamp":%d,"speed":3,"wifi":"%s"}}"""
        .formatted(i, i, T + i, "x".repeat(3_000));
  }

  private static String batch(int count) {
    return IntStream.range(0, count)
        .mapToObj(PhoneRulesTest::feature)
        .collect(joining(",", "{\"locations\":[", "]}"));
  }

  private JsonNode runner() throws Exception {
    return anna.call("GET", "").json();
  }

  private int stored() throws Exception {
    return anna.call("GET", "/track").json().path("positions").size();
  }

  private JsonNode quarantine() throws Exception {
    return anna.call("GET", "/quarantine").json();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /phone/{key} HTTP/1.1\nContent-Type: application/json",
        "PUT /phone/{key} HTTP/1.1\nContent-Type: image/png",
        "POST /phone/{key} HTTP/1.1",
        "POST /phone/{key} HTTP/1.1\nContent-Encoding: gzip",
        "PUT /phone/{key} HTTP/1.1\nTransfer-Encoding: chunked",
        "POST /phone/{key} HTTP/1.1\nContent-Type: multipart/form-data",
        "POST /phone/{key}?id=9 HTTP/1.1\nContent-Type: application/x-www-form-urlencoded",
        "POST /phone/{key} HTTP/1.1\nAccept: text/html",
        "POST /phone/{key} HTTP/1.1\nOrigin: null",
        "POST /phone/{key} HTTP/1.1\nOrigin: capacitor://localhost",
        "POST /phone/{key} HTTP/1.1\nContent-Type: nonsense; charset=\"",
        "POST /phone/{key} HTTP/1.1\nContent-Encoding: identity\nExpect: 100-continue"
      })
  void howItIsSentDoesNotMatter(String head) throws Exception {
    for (String body : List.of("lat=52.5&lon=13.4&timestamp=" + T, "", "junk", "{", "\u0000=")) {
      assertThat(send(head + "\n\n" + body).status()).as(head + body).isEqualTo(200);
    }
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void threeMebibytesAreOneBatch() throws Exception {
    String batch = batch(1_000);
    assertThat(batch.length()).isBetween(3_000_000, 4_000_000);
    String head = "POST /phone/{key} HTTP/1.1\nContent-Type: application/json\n\n";
    assertThat(send(head + batch).body()).isEqualTo("{\"result\":\"ok\"}");
    assertThat(stored()).isEqualTo(1_000);
    assertThat(send(head + batch(1_500)).status()).isEqualTo(413);
    assertThat(stored()).isEqualTo(1_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /phone/wrong HTTP/1.1",
        "GET /phone/wrong?lat=1&lon=2 HTTP/1.1",
        "POST /pub HTTP/1.1",
        "POST /pub HTTP/1.1\nAuthorization: Basic !!!",
        "POST /pub HTTP/1.1\nAuthorization: Basic YW5uYQ==",
        "POST /pub HTTP/1.1\nAuthorization: Basic YW5uYTp3cm9uZw==",
        "POST /api/v1/overland/batches HTTP/1.1",
        "POST /api/v1/overland/batches?api_key= HTTP/1.1",
        "POST /api/v1/overland/batches?api_key=wrong HTTP/1.1"
      })
  void withoutTheKeyItIs401(String head) throws Exception {
    Answered answered = send(head + "\n\nlat=52.5&lon=13.4");
    assertThat(answered.status()).isEqualTo(401);
    assertThat(answered.head()).containsIgnoringCase("www-authenticate:");
    assertThat(stored()).isZero();
  }

  @Test
  void keysThatPublishNothingDoNotPublishHereEither() throws Exception {
    String link = anna.link("{}").json().path("key").asString();
    String admin = Files.readString(data.resolve("admin-key")).strip();
    for (String key : List.of(link, admin)) {
      var request = new PhoneRequest(form(1, ""), key);
      assertThat(request.sendTo(server.port()).status()).isEqualTo(401);
    }
    assertThat(send(form(1, "")).status()).isEqualTo(200);
    String before = anna.key;
    anna.key = anna.call("POST", "/key").json().path("key").asString();
    assertThat(new PhoneRequest(form(2, ""), before).sendTo(server.port()).status()).isEqualTo(401);
    assertThat(send(form(2, "")).status()).isEqualTo(200);
    assertThat(anna.call("DELETE", "").status()).isEqualTo(204);
    assertThat(send(form(3, "")).status()).isEqualTo(401);
    assertThat(calls.get("/api/runners/anna").status()).isEqualTo(404);
  }

  @Test
  void whoTriesManyKeysIsHeldUpWhileTheRightOneGoesOn() throws Exception {
    server.close();
    server = Running.in(data, "--limit-loopback", "--address-handshakes=100000");
    for (int i = 1; i < 20; i++) {
      assertThat(send("GET /phone/wrong" + i + " HTTP/1.1\n\n").status()).isEqualTo(401);
    }
    Answered held = send("GET /phone/wrong HTTP/1.1\n\n");
    assertThat(held.status()).isEqualTo(429);
    assertThat(held.head()).containsIgnoringCase("\r\nretry-after: ");
    assertThat(send(form(1, "")).status()).isEqualTo(200);
  }

  @Test
  void whileNothingCanBeStoredAppsAreAskedToComeBackAndLoseNothing() throws Exception {
    assertThat(send(form(1, "")).status()).isEqualTo(200);
    CompletableFuture<Answered> waiting;
    try (var other = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("trackside.db"));
        var statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      waiting = CompletableFuture.supplyAsync(() -> unchecked(form(2, "")));
      await().until(() -> calls.get("/ready").status() == 503);
      Answered refused = send(form(3, ""));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.head()).containsIgnoringCase("\r\nretry-after: ");
      assertThat(send("POST /phone/{key} HTTP/1.1\n\nid=7").status()).isEqualTo(200);
      assertThat(waiting).isNotDone();
      statement.execute("ROLLBACK");
    }
    assertThat(waiting.get().status()).isEqualTo(200);
    await().until(() -> calls.get("/ready").status() == 200);
    for (int seconds = 2; seconds <= 4; seconds++) {
      assertThat(send(form(seconds, "")).status()).isEqualTo(200);
    }
    assertThat(stored()).isEqualTo(4);
  }

  private Answered unchecked(String request) {
    try {
      return send(request);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void signOfLifeKeepsTheStateLive() throws Exception {
    send(form(1, ""));
    await().until(() -> runner().path("state").asString().equals("quiet"));
    try (var mother =
        TestClient.of(server, "{\"id\":\"anna\",\"events\":true,\"key\":\"" + anna.key + "\"}")) {
      mother.next(3);
      send("POST /phone/{key} HTTP/1.1\n\nid=7&batt=50");
      JsonNode told = mother.next();
      assertThat(told.path("state").asString()).isEqualTo("live");
      assertThat(told.path("heard").asLong()).isGreaterThan(T * 1_000);
      assertThat(mother.next().path("state").asString()).isEqualTo("quiet");
    }
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void sosIsToldToFollowersAndSurvivesARestart() throws Exception {
    send(form(1, ""));
    try (var mother =
        TestClient.of(server, "{\"id\":\"anna\",\"events\":true,\"key\":\"" + anna.key + "\"}")) {
      mother.next(3);
      send("POST /phone/{key} HTTP/1.1\n\nid=7&alarm=sos");
      JsonNode told = mother.next();
      assertThat(told.path("type").asString()).isEqualTo("status");
      assertThat(told.path("sos").asLong()).isPositive();
      restart();
      assertThat(runner().path("sos").asLong()).isEqualTo(told.path("sos").asLong());
    }
    JsonNode changed = anna.change("{\"sos\":false}").json();
    assertThat(changed.has("sos")).isFalse();
    assertThat(runner().has("sos")).isFalse();
  }

  @Test
  void sosOfWhoHasNoPositionYetIsToldToo() throws Exception {
    String hello = "{\"id\":\"anna\",\"events\":true,\"key\":\"" + anna.key + "\"}";
    try (var mother = TestClient.of(server, hello)) {
      assertThat(mother.next().path("state").asString()).isEqualTo("unknown");
      send("POST /phone/{key} HTTP/1.1\n\nid=7&alarm=sos");
      assertThat(mother.next().path("sos").asLong()).isPositive();
      try (var father = TestClient.of(server, hello)) {
        father.next();
        assertThat(father.next().path("sos").asLong()).isPositive();
      }
      String alarm = form(1, "&alarm=lowBattery,sos");
      anna.change("{\"sos\":false}");
      assertThat(mother.next().has("sos")).isFalse();
      send(alarm);
      assertThat(runner().path("sos").asLong()).isEqualTo((T + 1) * 1_000);
      anna.change("{\"sos\":false}");
      send(alarm);
      assertThat(runner().has("sos")).as("an alarm that is sent once more").isFalse();
      send(form(2, "&alarm=sos"));
      assertThat(runner().has("sos")).as("another alarm").isTrue();
    }
  }

  @Test
  void alarmsThatAreSentOnceMoreDoNotCallAgainWhateverTheClock() throws Exception {
    String first = form(1, "&alarm=sos");
    String second = form(2, "&alarm=sos");
    String ahead = form(Instant.now().getEpochSecond() - T + 3_600, "&alarm=sos");
    for (String alarm : List.of(first, ahead)) {
      send(alarm);
      assertThat(runner().has("sos")).isTrue();
      send(second);
      anna.change("{\"sos\":false}");
    }
    for (String alarm : List.of(first, second, ahead)) {
      send(alarm);
      assertThat(runner().has("sos")).as(alarm).isFalse();
    }
    send(form(4, "&alarm=sos"));
    assertThat(runner().has("sos")).isTrue();
  }

  @Test
  void newestIsShownBeforeTheBacklogThatItCameWith() throws Exception {
    try (var mother =
        TestClient.of(server, "{\"id\":\"anna\",\"events\":true,\"key\":\"" + anna.key + "\"}")) {
      assertThat(mother.next().path("type").asString()).isEqualTo("welcome");
      String features = feature(10) + "," + feature(11);
      send(
          "POST /phone/{key} HTTP/1.1\n\n{\"locations\":[%s],\"current\":%s}"
              .formatted(features, feature(60)));
      var moments = new ArrayList<Long>();
      while (moments.size() < 3) {
        JsonNode message = mother.next();
        if (message.path("type").asString().equals("position")) {
          moments.add(message.path("t").asLong() / 1_000 - T);
        }
      }
      assertThat(moments).containsExactly(60L, 10L, 11L);
    }
  }

  @Test
  void finishedRunTakesNothingAndAppsAreAnsweredAllTheSame() throws Exception {
    send(form(1, ""));
    anna.change("{\"finished\":true}");
    assertThat(send(form(2, "")).body()).isEqualTo("OK");
    Answered traccar =
        send(
            "POST /phone/{key} HTTP/1.1\n\n{\"location\":{\"coords\":{\"latitude\":1,"
                + "\"longitude\":2}},\"device_id\":\"7\"}");
    assertThat(traccar.body()).isEqualTo("{\"background_geolocation\":[[\"stop\"]]}");
    assertThat(stored()).isEqualTo(1);
    assertThat(quarantine().path("newest").path(0).path("reason").asString()).isEqualTo("refused");
    anna.change("{\"finished\":false}");
    assertThat(send(form(2, "")).status()).isEqualTo(200);
    assertThat(stored()).isEqualTo(2);
  }

  @Test
  void backlogOfARunIsTakenAfterItsEnd() throws Exception {
    long nowS = System.currentTimeMillis() / 1_000;
    send(form(nowS - T - 500, ""));
    anna.change("{\"finished\":true}");
    assertThat(send(form(nowS - T - 400, "")).status()).isEqualTo(200);
    assertThat(stored()).isEqualTo(2);
    assertThat(send(form(nowS - T + 100, "")).status()).isEqualTo(200);
    assertThat(send("POST /phone/{key} HTTP/1.1\n\nid=7&lat=1&lon=2").status()).isEqualTo(200);
    assertThat(stored()).isEqualTo(2);
    anna.change("{\"mask\":200}");
    assertThat(send(form(nowS - T - 300, "")).status()).isEqualTo(200);
    assertThat(stored()).as("with a mask the end stays as it is known").isEqualTo(2);
  }

  @Test
  void clockThatIsAheadIsToldToTheRunner() throws Exception {
    long aheadS = System.currentTimeMillis() / 1_000 + 3_600 - T;
    assertThat(send(form(aheadS, "")).status()).isEqualTo(200);
    assertThat(stored()).isEqualTo(1);
    assertThat(quarantine().path("newest").path(0).path("reason").asString()).isEqualTo("bad_time");
  }

  @Test
  void quarantineKeepsTheNewestForTheRunnerAloneUntilTheyAreErased() throws Exception {
    for (int i = 0; i < 25; i++) {
      send("GET /phone/{key}?n=" + i + "&%6bey={key} HTTP/1.1\n\n");
    }
    JsonNode kept = quarantine();
    assertThat(kept.path("counts").path(0).path("count").asInt()).isEqualTo(25);
    assertThat(kept.path("newest").size()).isEqualTo(20);
    assertThat(kept.path("newest").path(0).path("request").asString()).isEqualTo("n=24&%6bey=…");
    String link = anna.link("{}").json().path("key").asString();
    assertThat(calls.get(anna.path + "/quarantine").status()).isEqualTo(401);
    assertThat(calls.get(anna.path + "/quarantine", Owner.bearer(link)).status()).isEqualTo(403);
    assertThat(calls.get("/api/runners/ben/quarantine").status()).isIn(401, 404);
    anna.call("DELETE", "");
    anna = new Owner(calls, "anna", "");
    assertThat(quarantine().path("newest").size()).isZero();
  }

  @Test
  void whoScansTheCodeWithACameraGetsTheRunnersPage() throws Exception {
    Answer answer =
        calls.call(
            "GET",
            "/phone/" + anna.key + "?id=7&accuracy=highest",
            BodyPublishers.noBody(),
            "Accept",
            "text/html,application/xhtml+xml,*/*;q=0.8");
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("location")).endsWith("/run#" + anna.key);
  }
}
