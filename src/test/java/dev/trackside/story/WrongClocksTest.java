package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Calls;
import dev.trackside.support.Owner;
import dev.trackside.support.PhoneRequest;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A phone's clock never costs the place, by whichever way it comes. */
final class WrongClocksTest {
  private static final long ROLLOVER_S = 1_024 * 7 * 86_400;
  private static final String POST = "POST /phone/{key} HTTP/1.1\n\n";

  /** A way in, and how it writes seconds and a place. */
  enum Way {
    OWNTRACKS("{\"_type\":\"location\",\"lat\":%3$s,\"lon\":-0.4,\"tst\":%1$d}"),
    OVERLAND(
        "{\"locations\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":"
            + "[-0.4,%3$s]},\"properties\":{\"timestamp\":\"%2$s\"}}]}"),
    TRACCAR_JSON(
        "{\"location\":{\"timestamp\":\"%2$s\",\"coords\":{\"latitude\":%3$s,"
            + "\"longitude\":-0.4}},\"device_id\":\"7\"}"),
    TRACCAR("id=7&timestamp=%1$d&lat=%3$s&lon=-0.4"),
    OSMAND("timestamp=%1$d000&lat=%3$s&lon=-0.4&speed_unit=mps"),
    GPSLOGGER("time=%2$s&lat=%3$s&longitude=-0.4"),
    WEBSOCKET("{\"lat\":%3$s,\"lon\":-0.4,\"t\":%1$d}"),
    HTTP("{\"lat\":%3$s,\"lon\":-0.4,\"t\":\"%2$s\"}");

    final String form;

    Way(String form) {
      this.form = form;
    }

    String at(long seconds, String lat) {
      return form.formatted(seconds, Instant.ofEpochSecond(seconds), lat);
    }
  }

  private static Running server;
  private static Calls calls;
  private static int count;

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

  private static void send(Way way, Owner owner, String body) throws Exception {
    switch (way) {
      case WEBSOCKET -> {
        String hello = "{\"id\":\"%s\",\"key\":\"%s\"}".formatted(owner.id, owner.key);
        int before = track(owner).size();
        try (var client = TestClient.of(server, hello)) {
          client.say(body);
          await().until(() -> track(owner).size() > before);
        }
      }
      case HTTP ->
          assertThat(owner.publish(body).json().path("refused").toString()).isEqualTo("[]");
      default ->
          assertThat(new PhoneRequest(POST + body, owner.key).sendTo(server.port()).status())
              .isEqualTo(200);
    }
  }

  private static JsonNode track(Owner owner) throws Exception {
    return owner.call("GET", "/track").json().path("positions");
  }

  private static JsonNode notes(Owner owner) throws Exception {
    return owner.call("GET", "/quarantine").json();
  }

  private static Owner somebody() throws Exception {
    return new Owner(calls, "w-" + count++, "");
  }

  @ParameterizedTest
  @EnumSource
  void weeksThatAreCountedAnewAreMendedAmongRightOnes(Way way) throws Exception {
    Owner owner = somebody();
    long nowS = Instant.now().getEpochSecond();
    send(way, owner, way.at(nowS - 50, "52.1"));
    assertThat(notes(owner).path("newest").size()).isZero();
    send(way, owner, way.at(nowS - 40 - ROLLOVER_S, "52.2"));
    send(way, owner, way.at(nowS - 30 - 2 * ROLLOVER_S, "52.3"));
    send(way, owner, way.at(nowS - 20, "52.4"));
    JsonNode track = track(owner);
    assertThat(track.valueStream().map(p -> p.path("t").asLong() / 1_000 - nowS))
        .containsExactly(-50L, -40L, -30L, -20L);
    assertThat(track.valueStream().map(p -> p.path("lat").asDouble()))
        .containsExactly(52.1, 52.2, 52.3, 52.4);
    assertThat(track.valueStream()).noneMatch(position -> position.has("late"));
    JsonNode notes = notes(owner);
    assertThat(notes.path("counts").path(0).path("count").asInt()).isEqualTo(2);
    JsonNode newest = notes.path("newest").path(0);
    assertThat(newest.path("message").asString()).contains("2,048 weeks");
    assertThat(newest.path("reason").asString()).isEqualTo("bad_time");
    assertThat(newest.path("dialect").asString())
        .isEqualTo(way.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    if (way != Way.WEBSOCKET) {
      send(way, owner, way.at(nowS - 40 - ROLLOVER_S, "52.2"));
      assertThat(track(owner).size()).as("sent once more").isEqualTo(4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void absurdTimesAreThatOfTheArrival(Way way) throws Exception {
    Owner owner = somebody();
    long nowS = Instant.now().getEpochSecond();
    int lat = 10;
    for (String clock :
        new String[] {
          "1999-06-01T00:00:00Z",
          "1970-01-02T00:00:00Z",
          "2000-01-01T00:00:05Z",
          "2039-03-01T00:00:00Z",
          "2107-01-01T00:00:00Z",
          Instant.ofEpochSecond(nowS + 7_200).toString()
        }) {
      send(way, owner, way.at(Instant.parse(clock).getEpochSecond(), String.valueOf(lat++)));
      JsonNode newest = notes(owner).path("newest");
      assertThat(newest.size()).as("a clock is one note").isEqualTo(1);
      assertThat(newest.path(0).path("message").asString()).contains("clock");
    }
    JsonNode track = track(owner);
    assertThat(track.size()).isEqualTo(6);
    assertThat(track.valueStream().map(p -> p.path("t").asLong() / 1_000 - nowS))
        .allMatch(seconds -> seconds >= 0 && seconds < 100);
    assertThat(track.valueStream()).noneMatch(position -> position.has("late"));
  }
}
