package dev.trackside.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Owner;
import dev.trackside.support.Running;
import dev.trackside.support.Scanner;
import dev.trackside.support.TestClient;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Setting up an app by scanning a code, tapping a link, or loading a file. */
class SetupTest {
  private static final String SITE = "https://track.example";

  @TempDir Path data;
  private Running server;
  private Calls calls;

  @BeforeEach
  void start() throws Exception {
    server = Running.in(data, "--url=" + SITE);
    calls = new Calls(server.http());
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private static JsonNode claim(Calls calls, String body, String... headers) throws Exception {
    Answer answer = calls.post("/api/runners", body, headers);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  private static JsonNode app(JsonNode answer, String app) {
    return answer
        .path("apps")
        .valueStream()
        .filter(one -> one.path("app").asString().equals(app))
        .findFirst()
        .orElseThrow();
  }

  private static String link(JsonNode answer, String app) {
    return app(answer, app).path("link").asString();
  }

  private static Map<String, String> query(String link) {
    String query = link.substring(link.indexOf('?') + 1);
    return Arrays.stream(query.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
  }

  @Test
  void everyCodeIsReadAsTheLinkBesideIt() throws Exception {
    JsonNode claimed =
        claim(calls, "{\"id\":\"" + "a".repeat(64) + "\",\"name\":\"Ännchen Ünlü 😀\"}");
    assertThat(claimed.path("apps"))
        .extracting(one -> one.path("app").asString())
        .containsExactly("traccar", "owntracks", "overland", "gpslogger", "osmand");
    for (JsonNode app : claimed.path("apps")) {
      assertThat(Scanner.read(app.path("qr").asString())).isEqualTo(app.path("link").asString());
      assertThat(app.path("steps")).hasSize(3).allMatch(step -> !step.asString().isBlank());
      assertThat(app.path("systems")).isNotEmpty();
    }
  }

  @Test
  void codeOfAFollowLinkIsReadAsItsUrl() throws Exception {
    JsonNode link = new Owner(calls, "anna", "").link("{}").json();
    assertThat(Scanner.read(link.path("qr").asString())).isEqualTo(link.path("url").asString());
  }

  @Test
  void traccarClientIsToldToReportEverySecond() throws Exception {
    JsonNode claimed = claim(calls, "{\"id\":\"anna\"}");
    String link = link(claimed, "traccar");
    assertThat(link).startsWith(SITE + "/phone/" + claimed.path("key").asString() + "?");
    assertThat(query(link))
        .containsEntry("id", "anna")
        .containsEntry("accuracy", "highest")
        .containsEntry("interval", "1")
        .containsEntry("fastest_interval", "1")
        .containsEntry("distance", "0")
        .containsEntry("stop_detection", "false")
        .containsEntry("buffer", "true");
  }

  /** Apps read the last signs of base64 differently within a query. */
  @ParameterizedTest
  @CsvSource({"anna, Ännchen, NN", "anna, ü, AN", "berlin-7, 7, 7", "me, '>?~ jo', JO"})
  void ownTracksReadsItsConfigurationFromTheLink(String id, String name, String initials)
      throws Exception {
    try (var club = Running.with("--url=https://club.example/~live");
        var there = new Calls(club.http())) {
      JsonNode claimed = claim(there, "{\"id\":\"" + id + "\",\"name\":\"" + name + "\"}");
      String link = link(claimed, "owntracks");
      assertThat(link).matches("owntracks:///config\\?inline=[A-Za-z0-9]+");
      JsonNode configuration =
          new JsonMapper().readTree(Base64.getDecoder().decode(query(link).get("inline")));
      assertThat(configuration.path("_type").asString()).isEqualTo("configuration");
      assertThat(configuration.path("mode").asInt()).isEqualTo(3);
      assertThat(configuration.path("url").asString())
          .isEqualTo("https://club.example/~live/phone/" + claimed.path("key").asString());
      assertThat(configuration.path("monitoring").asInt()).isEqualTo(2);
      assertThat(configuration.path("moveModeLocatorInterval").asInt()).isEqualTo(1);
      assertThat(configuration.path("locatorInterval").asInt()).isEqualTo(1);
      assertThat(configuration.path("locatorDisplacement").asInt(-1)).isZero();
      assertThat(configuration.path("deviceId").asString()).isEqualTo(id);
      assertThat(configuration.path("tid").asString()).isEqualTo(initials);
    }
  }

  @Test
  void overlandGetsAnAddressThatHoldsTheKey() throws Exception {
    JsonNode claimed = claim(calls, "{\"id\":\"anna\"}");
    String link = link(claimed, "overland");
    assertThat(link).startsWith("overland://setup?url=https%3A%2F%2F");
    assertThat(query(link))
        .isEqualTo(
            Map.of("url", SITE + "/phone/" + claimed.path("key").asString(), "device_id", "anna"));
  }

  @Test
  void gpsLoggerFetchesItsSettingsFromTheLink() throws Exception {
    JsonNode claimed = claim(calls, "{\"id\":\"anna\"}");
    String key = claimed.path("key").asString();
    String link = link(claimed, "gpslogger");
    assertThat(link)
        .isEqualTo("gpslogger://properties/" + SITE + "/phone/" + key + "/trackside.properties");
    Answer fetched = calls.get(URI.create(link.substring(link.indexOf(SITE))).getPath());
    assertThat(fetched.status()).isEqualTo(200);
    assertThat(fetched.header("cache-control")).isEqualTo("no-store");
    JsonNode file = app(claimed, "gpslogger").path("file");
    assertThat(fetched.text()).isEqualTo(file.path("text").asString());
    assertThat(file.path("name").asString()).isEqualTo("trackside.properties");
    var properties = new Properties();
    properties.load(new StringReader(fetched.text()));
    assertThat(properties.getProperty("log_customurl_url"))
        .isEqualTo(
            SITE
                + "/phone/"
                + key
                + "?lat=%LAT&longitude=%LON&time=%TIME&s=%SPD&acc=%ACC&alt=%ALT&dir=%DIR"
                + "&batt=%BATT");
    assertThat(properties)
        .containsEntry("log_customurl_enabled", "true")
        .containsEntry("log_customurl_method", "GET")
        .containsEntry("log_customurl_discard_offline_locations_enabled", "false")
        .containsEntry("time_before_logging", "0")
        .containsEntry("distance_before_logging", "0");
    assertThat(calls.get("/phone/" + key + "0/trackside.properties").status()).isEqualTo(401);
  }

  @Test
  void osmAndGetsAnAddressToPaste() throws Exception {
    JsonNode claimed = claim(calls, "{\"id\":\"anna\"}");
    assertThat(link(claimed, "osmand"))
        .isEqualTo(
            SITE
                + "/phone/"
                + claimed.path("key").asString()
                + "?lat={0}&lon={1}&timestamp={2}&accuracy={3}&altitude={4}&speed={5}&bearing={6}"
                + "&speed_unit=mps");
  }

  @Test
  void runnersInARaceHaveIdsThatAppsCanTake() throws Exception {
    String admin = Files.readString(data.resolve("admin-key")).strip();
    JsonNode claimed = claim(calls, "{\"id\":\"berlin/1042\"}", Owner.bearer(admin));
    assertThat(query(link(claimed, "traccar"))).containsEntry("id", "berlin/1042");
    assertThat(query(link(claimed, "overland"))).containsEntry("device_id", "berlin-1042");
    String key = claimed.path("key").asString();
    Answer again = calls.get("/api/races/berlin/runners/1042/apps", Owner.bearer(key));
    assertThat(again.json().path("apps")).isEqualTo(claimed.path("apps"));
  }

  @ParameterizedTest
  @CsvSource({
    "https, track.example, https://track.example",
    "http, '[2001:db8::1]:8080', http://[2001:db8::1]:8080"
  })
  void behindAProxyLinksLeadWhereTheCallerFoundTheServer(String scheme, String host, String site)
      throws Exception {
    try (var proxied = Running.with("--proxy=127.0.0.1");
        var there = new Calls(proxied.http())) {
      JsonNode claimed = claim(there, "{}", "X-Forwarded-Proto", scheme, "X-Forwarded-Host", host);
      String address = site + "/phone/" + claimed.path("key").asString();
      assertThat(link(claimed, "traccar")).startsWith(address + "?id=");
      assertThat(query(link(claimed, "overland"))).containsEntry("url", address);
      assertThat(link(claimed, "gpslogger")).contains(address);
      assertThat(link(claimed, "osmand")).startsWith(address + "?");
    }
  }

  @Test
  void hostThatIsTooLongForALinkIsRefusedBeforeAnythingIsClaimed() throws Exception {
    try (var nameless = Running.with();
        var there = new Calls(nameless.http());
        var socket = new Socket(InetAddress.getLoopbackAddress(), nameless.port())) {
      String body = "{\"id\":\"anna\"}";
      String request =
          "POST /api/runners HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
              .formatted("a".repeat(300), body.length(), body);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 400 ")
          .contains("at most 255 characters");
      claim(there, body);
    }
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "'de-AT,de;q=0.9,en;q=0.5', Scanne",
        "'it,de;q=0.1', Scanne",
        "en-GB, Scan this",
        "fr, Scanne ce",
        "';;q=x', Scan this"
      })
  void stepsAreInTheLanguageOfTheReader(String languages, String words) throws Exception {
    JsonNode claimed = claim(calls, "{}", "Accept-Language", languages);
    assertThat(app(claimed, "owntracks").path("steps").path(0).asString()).startsWith(words);
  }

  @Test
  void linksAreForTheRunnerOnly() throws Exception {
    var anna = new Owner(calls, "anna", ",\"visibility\":\"public\"");
    Answer own = anna.call("GET", "/apps");
    assertThat(own.header("cache-control")).isEqualTo("no-store");
    assertThat(own.text()).contains(anna.key);
    assertThat(calls.get("/api/runners/anna/apps").status()).isEqualTo(401);
    String follows = anna.link("{}").json().path("key").asString();
    String admin = Files.readString(data.resolve("admin-key")).strip();
    String bens = new Owner(calls, "ben", "").key;
    for (String key : List.of(follows, admin, bens)) {
      Answer answer = calls.get("/api/runners/anna/apps", Owner.bearer(key));
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.text()).doesNotContain("phone");
    }
    assertThat(calls.get("/api/runners/carla/apps").code()).isEqualTo("unclaimed");
  }

  @Test
  void keyTellsWhoseItIs() throws Exception {
    var anna = new Owner(calls, "anna", ",\"name\":\"Anna B.\"");
    JsonNode fresh = calls.get("/api/me", Owner.bearer(anna.key)).json();
    assertThat(fresh.toString())
        .isEqualTo(
            "{\"id\":\"anna\",\"name\":\"Anna B.\",\"visibility\":\"link\",\"mask\":0,"
                + "\"state\":\"unknown\",\"watching\":0}");
    anna.change("{\"visibility\":\"public\",\"mask\":5000}");
    anna.publish("{\"lat\":52,\"lon\":13}");
    try (var mother = TestClient.of(server, "{\"follow\":[\"anna\"],\"events\":true}")) {
      assertThat(mother.next().path("type").asString()).isEqualTo("welcome");
      Answer live = calls.get("/api/me", Owner.bearer(anna.key));
      assertThat(live.header("cache-control")).isEqualTo("no-store");
      JsonNode me = live.json();
      assertThat(me.path("state").asString()).as("masked, and the runner knows").isEqualTo("live");
      assertThat(me.path("mask").asInt()).isEqualTo(5_000);
      assertThat(me.path("watching").asInt()).isEqualTo(1);
      assertThat(me.path("heard").asLong()).isPositive();
    }
    anna.change("{\"finished\":true}");
    JsonNode over = calls.get("/api/me", Owner.bearer(anna.key)).json();
    assertThat(over.path("state").asString()).isEqualTo("finished");
    assertThat(over.path("finished").asLong()).isPositive();
  }

  @Test
  void keyThatEndedIsNobodysAtOnce() throws Exception {
    var anna = new Owner(calls, "anna", "");
    String before = anna.key;
    anna.key = anna.call("POST", "/key").json().path("key").asString();
    assertThat(calls.get("/api/me", Owner.bearer(before)).status()).isEqualTo(401);
    assertThat(calls.get("/phone/" + before + "/trackside.properties").status()).isEqualTo(401);
    assertThat(calls.get("/api/me", Owner.bearer(anna.key)).status()).isEqualTo(200);
    anna.call("DELETE", "");
    assertThat(calls.get("/api/me", Owner.bearer(anna.key)).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"/api/me?key=wrong", "/phone/wrong/trackside.properties"})
  void guessingWhoseAKeyIsCountsAsAWrongKey(String path) throws Exception {
    try (var strict = Running.with("--limit-loopback", "--address-wrong-keys=1");
        var there = new Calls(strict.http())) {
      String key = claim(there, "{}").path("key").asString();
      Answer missing = there.get("/api/me");
      assertThat(missing.status()).isEqualTo(401);
      assertThat(missing.code()).isEqualTo("key_missing");
      assertThat(there.get(path).status()).isEqualTo(429);
      assertThat(there.get("/api/me", Owner.bearer(key)).status()).isEqualTo(200);
    }
  }
}
