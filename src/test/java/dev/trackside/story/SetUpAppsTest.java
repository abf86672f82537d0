package dev.trackside.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Owner;
import dev.trackside.support.Running;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLDecoder;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.Base64;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Apps that are set up send positions, which are stored in metres a second and milliseconds. */
class SetUpAppsTest {
  private static final long T_MS = 1_795_327_521_000L;
  private static final String[] FORM = {"Content-Type", "application/x-www-form-urlencoded"};
  private static final String[] JSON = {"Content-Type", "application/json"};

  private Running server;
  private Calls calls;
  private JsonNode anna;

  @BeforeEach
  void start() throws Exception {
    server = Running.with("--url=https://track.example");
    calls = new Calls(server.http());
    anna = calls.post("/api/runners", "{\"id\":\"anna\"}").json();
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private JsonNode app(String app) {
    return anna.path("apps")
        .valueStream()
        .filter(one -> one.path("app").asString().equals(app))
        .findFirst()
        .orElseThrow();
  }

  private String link(String app) {
    return app(app).path("link").asString();
  }

  /** A parameter of a link, as an app reads it. */
  private static String parameter(String link, String name) {
    for (String pair : link.substring(link.indexOf('?') + 1).split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), UTF_8);
      }
    }
    throw new AssertionError("no " + name + " in " + link);
  }

  /** The part of an address behind the host, which this test has no name server for. */
  private static String path(String address) {
    assertThat(address).startsWith("https://track.example/phone/");
    URI uri = URI.create(address);
    return uri.getRawQuery() == null ? uri.getPath() : uri.getPath() + "?" + uri.getRawQuery();
  }

  private void assertStored(Answer answer, String words) throws Exception {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(words);
    JsonNode track =
        calls
            .get("/api/runners/anna/track", Owner.bearer(anna.path("key").asString()))
            .json()
            .path("positions");
    assertThat(track).hasSize(1);
    JsonNode stored = track.path(0);
    assertThat(stored.path("t").asLong()).isEqualTo(T_MS);
    assertThat(stored.path("lat").asDouble()).isEqualTo(52.5163);
    assertThat(stored.path("lon").asDouble()).isEqualTo(13.3777);
    assertThat(stored.path("speed").asDouble()).isCloseTo(3.5, within(0.005));
    assertThat(stored.path("acc").asDouble()).isEqualTo(4.5);
  }

  @Test
  void traccarClientIsUnderstood() throws Exception {
    String link = link("traccar");
    String address = link.substring(0, link.indexOf('?'));
    String form =
        "id=%s&timestamp=%d&lat=52.5163&lon=13.3777&speed=6.80&bearing=90.0&altitude=35.0&accuracy=4.5&batt=80.0"
            .formatted(parameter(link, "id"), T_MS / 1_000);
    assertStored(calls.post(path(address), form, FORM), "OK");
  }

  @Test
  void traccarClientOfTheYearBeforeIsUnderstood() throws Exception {
    String link = link("traccar");
    String address = link.substring(0, link.indexOf('?'));
    String body =
        """
        {"location":{"timestamp":"%s","coords":{"latitude":52.5163,"longitude":13.3777,"accuracy":4.5,\
        "speed":3.5,"heading":90,"altitude":35},"is_moving":true,"odometer":0,"event":"motionchange",\
        "battery":{"level":0.8,"is_charging":false},"activity":{"type":"running"},"extras":{},\
        "_":"&id=%s&lat=52.5163&lon=13.3777&timestamp=%s&"},"device_id":"%s"}"""
            .formatted(
                Instant.ofEpochMilli(T_MS),
                parameter(link, "id"),
                Instant.ofEpochMilli(T_MS),
                parameter(link, "id"));
    assertStored(calls.post(path(address), body, JSON), "{}");
  }

  @Test
  void ownTracksIsUnderstood() throws Exception {
    byte[] inline = Base64.getDecoder().decode(parameter(link("owntracks"), "inline"));
    JsonNode configuration = new JsonMapper().readTree(inline);
    String body =
        """
        {"_type":"location","tst":%d,"lat":52.5163,"lon":13.3777,"acc":4.5,"vel":12.6,"cog":90,"batt":80,\
        "tid":"%s","topic":"owntracks/user/%s"}"""
            .formatted(
                T_MS / 1_000,
                configuration.path("tid").asString(),
                configuration.path("deviceId").asString());
    assertStored(calls.post(path(configuration.path("url").asString()), body, JSON), "[]");
  }

  @Test
  void overlandIsUnderstood() throws Exception {
    String link = link("overland");
    String body =
        """
        {"locations":[{"type":"Feature","geometry":{"type":"Point","coordinates":[13.3777,52.5163]},\
        "properties":{"timestamp":"%s","speed":3.5,"course":90,"altitude":35,"horizontal_accuracy":4.5,\
        "battery_level":0.8,"device_id":"%s"}}]}"""
            .formatted(Instant.ofEpochMilli(T_MS), parameter(link, "device_id"));
    assertStored(calls.post(path(parameter(link, "url")), body, JSON), "{\"result\":\"ok\"}");
  }

  @Test
  void gpsLoggerIsUnderstood() throws Exception {
    String from = link("gpslogger").substring("gpslogger://properties/".length());
    var properties = new Properties();
    properties.load(new StringReader(calls.get(path(from)).text()));
    assertThat(properties.getProperty("log_customurl_method")).isEqualTo("GET");
    String address =
        properties
            .getProperty("log_customurl_url")
            .replace("%LAT", "52.5163")
            .replace("%LON", "13.3777")
            .replace("%TIME", Instant.ofEpochMilli(T_MS).toString().replace("Z", ".000Z"))
            .replace("%SPD", "3.5")
            .replace("%ACC", "4.5")
            .replace("%ALT", "35.0")
            .replace("%DIR", "90.0")
            .replace("%BATT", "80.0");
    assertThat(address).doesNotContain("%");
    assertStored(calls.get(path(address)), "OK");
  }

  @Test
  void osmAndIsUnderstood() throws Exception {
    String address =
        MessageFormat.format(
            link("osmand"), "52.5163", "13.3777", "" + T_MS, "4.5", "35.0", "3.5", "90.0");
    assertThat(address).doesNotContain("{");
    assertStored(calls.get(path(address)), "OK");
  }

  @Test
  void whoOpensTheAddressInABrowserComesToTheRunnersPage() throws Exception {
    String link = link("traccar");
    Answer page = calls.get(path(link), "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    assertThat(page.status()).isEqualTo(303);
    assertThat(page.header("location")).isEqualTo("/run#" + anna.path("key").asString());
  }
}
