package dev.trackside.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Visibility;
import dev.trackside.hub.Hub;
import dev.trackside.log.MemoryTrackLog;
import dev.trackside.pages.PageSettings;
import dev.trackside.sight.RunnerLists;
import dev.trackside.support.Fixes;
import dev.trackside.support.House;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ApiTest {
  private static final String TILES = "https://{s}.tiles.example/{z}/{x}/{y}.png";

  private final InstantSource clock = InstantSource.system();
  private final HttpClient client = HttpClient.newHttpClient();
  private final MemoryTrackLog log =
      new MemoryTrackLog(clock, new AtomicLong(1)::getAndIncrement, MemoryTrackLog.USUAL);
  private final House house = new House(log);
  private Javalin server;

  @BeforeEach
  void open() {
    house
        .access
        .claims()
        .lend(
            Claim.of(
                new Runner("rehearsal/anna"),
                "rehearsal/anna",
                Key.of("nobody has it").hash(),
                Visibility.PUBLIC,
                clock.millis()));
    server =
        house.serve(
            Set.of(),
            new PageSettings(TILES, "<a href=\"https://map.example\">© Mappers</a>", Set.of()));
  }

  @AfterEach
  void close() {
    server.stop();
    house.close();
    client.close();
  }

  private String host() {
    return "127.0.0.1:" + server.port();
  }

  private HttpResponse<String> ask(String method, String path, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + host() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    return client.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) {
    return new JsonMapper().readTree(response.body());
  }

  @Test
  void nobodyIsLiveWithoutARehearsal() throws Exception {
    log.append(new Runner("anna"), List.of(Fixes.at(52, 13)));
    assertThat(ask("GET", "/api/runners").body()).matches("\\{\"now\":\\d{13},\"runners\":\\[]}");
  }

  @Test
  void rehearsalIsLiveWithNameAndNewestPosition() throws Exception {
    double not = Fix.UNKNOWN;
    String extras = "\"name\":\"Anna\",\"rehearsal\":true";
    var fix = new Fix(Fix.NO_TIME, 52.5, 13, 40, not, 3.5, 90, not, 150, not, extras);
    log.append(new Runner("rehearsal/anna"), List.of(Fixes.at(52, 13), fix));
    JsonNode runner = json(ask("GET", "/api/runners/")).path("runners").path(0);
    assertThat(runner.path("id").asString()).isEqualTo("rehearsal/anna");
    assertThat(runner.path("name").asString()).isEqualTo("Anna");
    assertThat(runner.path("state").asString()).isEqualTo("live");
    assertThat(runner.path("position").propertyNames())
        .contains("seq", "t", "lat", "lon", "alt", "speed", "heading", "name", "rehearsal");
    assertThat(runner.path("position").path("lat").asDouble()).isEqualTo(52.5);
  }

  @Test
  void runnerWhoFellSilentIsNotLive() throws Exception {
    var quiet = new Hub(1, house.timer, clock, Duration.ZERO, house.runs, house.memory);
    var lists = new RunnerLists(quiet, house.access, house.views, clock, house.heavy);
    log.append(new Runner("rehearsal/anna"), List.of(Fixes.at(52, 13)));
    assertThat(lists.nowLive()).endsWith("\"runners\":[]}");
    quiet.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/r/anna", "/r/anna/", "/r/berlin/1042", "/r/berlin/1042/"})
  void pagesAreGuardedAgainstForeignScripts(String path) throws Exception {
    var response = ask("GET", path);
    assertThat(response.statusCode()).isEqualTo(200);
    String policy = response.headers().firstValue("content-security-policy").orElse("");
    assertThat(policy.replaceFirst("'sha256-[A-Za-z0-9+/]{43}='", "HASH"))
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self' HASH;"
                + " img-src 'self' data: https://*.tiles.example;"
                + " connect-src 'self' ws://HOST wss://HOST;".replace("HOST", host())
                + " manifest-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none';"
                + " form-action 'self'; frame-ancestors 'none'");
    assertThat(response.body())
        .contains("data-attribution=\"&lt;a href=&quot;https://map.example&quot;&gt;© Mappers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/r/not.a.name", "/r/a/b.c", "/r/%C3%A9", "/r/a/b/c", "/nowhere"})
  void addressThatIsNoPageIsAnsweredInWords(String path) throws Exception {
    var response = ask("GET", path, "Accept", "text/html,*/*");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
    assertThat(response.body()).contains("<p>There is no").isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0/shared/page.css",
        "0/map/spectator.js",
        "0/run/run.js",
        "0/shared/icon.svg",
        "leaflet-1.9.4/leaflet.js"
      })
  void assetsAreThereAndKnownAgain(String file) throws Exception {
    var response = ask("GET", "/assets/" + file);
    assertThat(response.statusCode()).isEqualTo(200);
    String tag = response.headers().firstValue("etag").orElseThrow();
    assertThat(ask("GET", "/assets/" + file, "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/nothing",
        "/assets/0/shared/nothing.js",
        "/assets/0/nothing/page.css",
        "/assets/0/page.css",
        "/assets/0/..%2findex.html",
        "/assets/0/..%2f..%2f/run.html",
        "/assets/0/map/..%2f..%2frun.html",
        "/assets/0/shared%2f..%2fmap/map.css",
        "/assets/0/map/x.class",
        "/assets/leaflet-1.9.4/nothing.js",
        "/assets/leaflet-1.9.4/images%2flayers.png"
      })
  void whatIsNotThereIsSaidInJson(String path) throws Exception {
    var response = ask("GET", path);
    assertThat(response.statusCode()).isBetween(400, 404);
    assertThat(response.headers().firstValue("content-type")).isPresent();
  }

  @Test
  void methodThatIsNotTakenIsAnswered405() throws Exception {
    var response = ask("PUT", "/api/runners", "Accept", "text/html");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow"))
        .hasValueSatisfying(
            all -> assertThat(all.split(", ")).containsExactlyInAnyOrder("GET", "HEAD", "POST"));
    JsonNode error = json(response).path("error");
    assertThat(error.path("code").asString()).isEqualTo("method_not_allowed");
    assertThat(error.path("message").asString()).isEqualTo("This address does not take PUT.");
  }

  @Test
  void tilesThatAreNoAddressAreRefused() {
    assertThatThrownBy(() -> house.serve(Set.of(), new PageSettings("tiles.example", "", Set.of())))
        .hasMessage(
            "tiles must be like https://tiles.example/{z}/{x}/{y}.png, got \"tiles.example\"");
  }
}
