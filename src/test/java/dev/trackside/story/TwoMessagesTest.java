package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The plain dialect: the first message registers, every later one is a position. */
class TwoMessagesTest {
  private Running server;

  @BeforeEach
  void start() throws Exception {
    server = Running.with();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void coordinatesOfEachReachBothAndNobodyElse() throws Exception {
    try (var json = TestClient.of(server, "{\"id\":\"anna\"}");
        var bare = TestClient.of(server, "anna");
        var other = TestClient.of(server, "{\"id\":\"bob\"}")) {
      json.untilMarked("anna");
      bare.next();
      json.say("{\"lat\":52.520008,\"lon\":13.404954,\"speed\":3.25,\"ts\":1763777000123456}");
      bare.say("{\"latitude\":-0.1,\"lng\":179.99999999,\"note\":\"h\\u00e9\"}");
      for (TestClient client : new TestClient[] {json, bare}) {
        var both = client.next(2);
        both.sort((a, b) -> Long.compare(b.path("ts").asLong(), a.path("ts").asLong()));
        assertThat(both.get(0).get("type").asString()).isEqualTo("position");
        assertThat(both.get(0).get("id").asString()).isEqualTo("anna");
        assertThat(both.get(0).get("lat").asDouble()).isEqualTo(52.520008);
        assertThat(both.get(0).get("lon").asDouble()).isEqualTo(13.404954);
        assertThat(both.get(0).get("speed").asDouble()).isEqualTo(3.25);
        assertThat(both.get(0).get("ts").asLong()).isEqualTo(1763777000123456L);
        assertThat(both.get(1).get("lat").asDouble()).isEqualTo(-0.1);
        assertThat(both.get(1).get("lon").asDouble()).isEqualTo(179.99999999);
        assertThat(both.get(1).get("note").asString()).isEqualTo("hé");
      }
      assertThat(other.untilMarked("bob")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{\"id\":42}|42", "42|42", "'  anna  '|anna", "berlin/1042|berlin/1042"})
  void idMayBeWrittenInSeveralWays(String first, String id) throws Exception {
    try (var client = TestClient.of(server, first)) {
      client.say("{\"lat\":1,\"lon\":2}");
      assertThat(client.next().get("id").asString()).isEqualTo(id);
    }
  }

  @Test
  void lastKnownPositionComesFirst() throws Exception {
    try (var runner = TestClient.of(server, "anna")) {
      runner.say("{\"lat\":1,\"lon\":1}").say("{\"lat\":2,\"lon\":2}").next(2);
      try (var spectator = TestClient.of(server, "anna")) {
        assertThat(spectator.next().get("lat").asInt()).isEqualTo(2);
        runner.say("{\"lat\":3,\"lon\":3}");
        assertThat(spectator.next().get("lat").asInt()).isEqualTo(3);
      }
    }
  }

  @Test
  void firstMessageMayCarryCoordinates() throws Exception {
    try (var client = TestClient.of(server, "{\"id\":\"anna\",\"lat\":1,\"lon\":2}")) {
      assertThat(client.next().get("lon").asInt()).isEqualTo(2);
    }
  }

  @Test
  void badIdLeavesTheClientUnregisteredAndFreeToTryAgain() throws Exception {
    try (var client = TestClient.of(server, "a b")) {
      JsonNode error = client.next();
      assertThat(error.get("code").asString()).isEqualTo("bad_id");
      assertThat(error.get("message").asString()).contains("\"a b\"");
      client.say("{\"id\":\"anna\"}").say("{\"lat\":1,\"lon\":2}");
      assertThat(client.next().get("id").asString()).isEqualTo("anna");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"lat\":91.2,\"lon\":0}|bad_position|lat must be between -90 and 90, got 91.2",
        "{\"lat\":NaN,\"lon\":0}|bad_position|lat must be a number, got NaN",
        "{\"lon\":0}|bad_position|a position needs lat and lon",
        "{\"id\":\"anna\"}|bad_position|a position needs lat and lon",
        "{\"jump\":true}|bad_command|lat and lon, or follow, unfollow or ping",
        "{\"follow\":\"bob\"}|bad_command|follow must be an array",
        "hello|bad_json|not JSON",
        "[]|bad_json|one JSON object",
      })
  void whatIsWrongIsSaidAndTheConnectionStays(String message, String code, String words)
      throws Exception {
    try (var client = TestClient.of(server, "anna")) {
      client.say(message);
      JsonNode error = client.next();
      assertThat(error.get("type").asString()).isEqualTo("error");
      assertThat(error.get("code").asString()).isEqualTo(code);
      assertThat(error.get("message").asString()).contains(words);
      client.say("{\"lat\":1,\"lon\":2}");
      assertThat(client.next().get("lat").asInt()).isEqualTo(1);
    }
  }

  @Test
  void twentyErrorsEndTheConnection() throws Exception {
    try (var client = TestClient.of(server, "anna")) {
      for (int i = 0; i < 20; i++) {
        client.say("{}");
      }
      assertThat(client.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void nothingIsLeftOfThoseWhoCloseOrBreakOff() throws Exception {
    var closing = TestClient.of(server, "anna");
    var aborting = TestClient.of(server, "{\"id\":\"anna\",\"events\":true}");
    var following = TestClient.of(server, "{\"follow\":[\"anna\",\"berlin/*\",\"berlin/7\"]}");
    var unregistered = TestClient.of(server);
    closing.untilMarked("anna");
    closing.close();
    aborting.abort();
    following.abort();
    unregistered.close();
    await()
        .untilAsserted(
            () ->
                assertThat(server.leftovers())
                    .isEqualTo("0 subscribers, 0 channels, 0 feeds, 0 timers"));
  }
}
