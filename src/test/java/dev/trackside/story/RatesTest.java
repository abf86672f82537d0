package dev.trackside.story;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How much one connection may bring, and what it is told beyond that. */
class RatesTest {
  private static final String HERE_TOO = "--limit-loopback";
  private static final String ONE_A_SECOND = "--connection-positions=1";
  private static final String TEN_AT_ONCE = "--connection-burst=10";
  private static final String ACKS = "{\"id\":\"anna\",\"events\":true,\"echo\":false,\"pace\":0}";

  private static void sayAll(TestClient client, int from, int to) {
    IntStream.range(from, to).forEach(n -> client.say(position("anna", n)));
  }

  private static String position(String id, int ref) {
    return "{\"id\":\"%s\",\"lat\":1,\"lon\":2,\"n\":%d,\"ref\":%d}".formatted(id, ref, ref);
  }

  /** The next of these, whatever comes before it. */
  private static JsonNode next(String type, TestClient client) throws InterruptedException {
    JsonNode message = client.next();
    while (!message.path("type").asString().equals(type)) {
      message = client.next();
    }
    return message;
  }

  private static List<JsonNode> next(int count, String type, TestClient client)
      throws InterruptedException {
    var all = new ArrayList<JsonNode>();
    while (all.size() < count) {
      all.add(next(type, client));
    }
    return all;
  }

  private static boolean isTaken(TestClient client, String position) throws InterruptedException {
    JsonNode told = client.say(position).next();
    while (!told.has("ref")) {
      told = client.next();
    }
    return told.path("verdict").asString("").equals("accepted");
  }

  @Test
  void whatIsBeyondTheBurstIsNotTakenAndNamedByItsRef() throws Exception {
    try (var server = Running.with(HERE_TOO, ONE_A_SECOND, TEN_AT_ONCE);
        var client = TestClient.of(server, ACKS);
        var spectator = TestClient.of(server, "anna")) {
      sayAll(client, 0, 10);
      assertThat(next(10, "ack", client))
          .allMatch(ack -> ack.path("verdict").asString().equals("accepted"));
      sayAll(client, 10, 20);
      JsonNode error = next("error", client);
      assertThat(error.get("code").asString()).isEqualTo("too_fast");
      assertThat(error.get("ref").asInt()).isBetween(10, 19);
      assertThat(error.get("message").asString())
          .contains("1 positions a second and 10 in a burst")
          .contains("/api/runners/{id}/positions");
      assertThat(spectator.untilMarked("anna"))
          .extracting(position -> position.path("n").asInt())
          .contains(9)
          .doesNotContain(error.get("ref").asInt());
    }
  }

  @Test
  void whatWasTooFastIsTakenWhenItIsSentAgain() throws Exception {
    try (var server = Running.with(HERE_TOO, "--connection-positions=5", TEN_AT_ONCE);
        var client = TestClient.of(server, ACKS)) {
      sayAll(client, 0, 25);
      var told = new ArrayList<JsonNode>();
      while (told.size() < 25) {
        JsonNode message = client.next();
        if (message.has("ref")) {
          told.add(message);
        }
      }
      told.removeIf(message -> !message.has("code"));
      assertThat(told).isNotEmpty();
      int ref = told.getFirst().get("ref").asInt();
      await()
          .pollInterval(Duration.ofMillis(800))
          .until(() -> isTaken(client, position("anna", ref)));
    }
  }

  @Test
  void twentyTooFastEndTheConnection() throws Exception {
    try (var server = Running.with(HERE_TOO, ONE_A_SECOND, TEN_AT_ONCE);
        var client = TestClient.of(server, ACKS)) {
      sayAll(client, 0, 60);
      assertThat(client.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void connectionFromThisMachineMayBringMore() throws Exception {
    try (var server = Running.with(ONE_A_SECOND, TEN_AT_ONCE);
        var client = TestClient.of(server, ACKS)) {
      sayAll(client, 0, 300);
      assertThat(next(300, "ack", client))
          .allMatch(ack -> ack.path("verdict").asString().equals("accepted"));
    }
  }

  @Test
  void everyConnectionHasItsOwnRate() throws Exception {
    try (var server = Running.with(HERE_TOO, ONE_A_SECOND, TEN_AT_ONCE)) {
      for (int i = 0; i < 3; i++) {
        try (var client = TestClient.of(server, ACKS)) {
          sayAll(client, 0, 10);
          assertThat(next(10, "ack", client))
              .allMatch(ack -> ack.path("verdict").asString().equals("accepted"));
        }
      }
    }
  }

  @Test
  void soManyNewIdsAConnectionMayBringAMinute() throws Exception {
    try (var server = Running.with("--connection-new-ids=5");
        var client = TestClient.of(server, ACKS)) {
      for (int i = 0; i < 5; i++) {
        assertThat(isTaken(client, position("new-" + i, i))).isTrue();
      }
      JsonNode error = next("error", client.say(position("new-5", 5)));
      assertThat(error.get("code").asString()).isEqualTo("too_fast");
      assertThat(error.get("ref").asInt()).isEqualTo(5);
      assertThat(error.get("message").asString()).contains("5 new ids a minute").contains("new-5");
      for (int i = 0; i < 5; i++) {
        assertThat(isTaken(client, position("new-" + i, 10 + i))).as("known").isTrue();
      }
      try (var another = TestClient.of(server, ACKS)) {
        assertThat(isTaken(another, position("new-5", 5))).isTrue();
        assertThat(isTaken(client, position("new-5", 6))).as("known by now").isTrue();
      }
    }
  }

  @Test
  void newIdCountsOnceHoweverManyOfItsPositionsComeAtOnce() throws Exception {
    try (var server = Running.with("--connection-new-ids=300");
        var client = TestClient.of(server, ACKS)) {
      for (int i = 0; i < 300; i++) {
        for (int n = 0; n < 3; n++) {
          client.say(position("new-" + i, n));
        }
      }
      assertThat(next(900, "ack", client))
          .allMatch(ack -> ack.path("verdict").asString().equals("accepted"));
    }
  }

  @Test
  void whoFollowsAndUnfollowsWithoutEndIsToldThatItIsTooFast() throws Exception {
    String feeds =
        IntStream.range(0, 100).mapToObj(n -> "\"r" + n + "\"").collect(joining(",", "[", "]"));
    try (var server = Running.with(HERE_TOO);
        var fickle = TestClient.of(server, "{\"follow\":[\"anna\"]}")) {
      for (int i = 0; i < 5; i++) {
        fickle.say("{\"follow\":" + feeds + "}").say("{\"unfollow\":" + feeds + "}");
      }
      JsonNode error = next("error", fickle);
      assertThat(error.get("code").asString()).isEqualTo("too_fast");
      assertThat(error.get("message").asString())
          .contains("20 feeds a second and 800 in a burst, and 100 are more");
    }
  }
}
