package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Several feeds, races, options and commands. */
class FollowingTest {
  private Running server;

  @BeforeEach
  void start() throws Exception {
    server = Running.with("--quiet=1");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private static String position(String id, int lat) {
    return "{\"id\":\"" + id + "\",\"lat\":" + lat + ",\"lon\":0}";
  }

  private static List<Integer> lats(List<JsonNode> positions) {
    return positions.stream().map(p -> p.get("lat").asInt()).toList();
  }

  @Test
  void trailComesFirstInOrderAndThenWhatIsLive() throws Exception {
    try (var runner = TestClient.of(server, "anna")) {
      for (int i = 1; i <= 20; i++) {
        runner.say(position("anna", i));
      }
      runner.next(20);
      try (var spectator = TestClient.of(server, "{\"id\":\"anna\",\"trail\":5,\"pace\":0}")) {
        assertThat(lats(spectator.next(5))).containsExactly(16, 17, 18, 19, 20);
        runner.say(position("anna", 21));
        assertThat(spectator.next().get("lat").asInt()).isEqualTo(21);
      }
      try (var spectator = TestClient.of(server, "{\"id\":\"anna\",\"trail\":0}")) {
        assertThat(lats(spectator.untilMarked("anna"))).isEmpty();
      }
    }
  }

  @Test
  void resumingBringsEverythingAfterANumber() throws Exception {
    try (var runner = TestClient.of(server, "anna")) {
      for (int i = 1; i <= 9; i++) {
        runner.say(position("anna", i));
      }
      long third = runner.next(9).get(2).get("seq").asLong();
      try (var spectator = TestClient.of(server, "{\"id\":\"anna\",\"after\":" + third + "}")) {
        assertThat(lats(spectator.next(6))).containsExactly(4, 5, 6, 7, 8, 9);
      }
      try (var spectator = TestClient.of(server, "{\"id\":\"anna\",\"after\":0}")) {
        assertThat(lats(spectator.next(9))).startsWith(1, 2).endsWith(9);
      }
    }
  }

  @Test
  void numberThatIsNotOfThisLogResets() throws Exception {
    try (var runner = TestClient.of(server, "anna")) {
      runner.say(position("anna", 7)).next();
      for (String number : List.of("1", "9007199254740991")) {
        try (var spectator = TestClient.of(server, "{\"id\":\"anna\",\"after\":" + number + "}")) {
          assertThat(spectator.next().get("type").asString()).isEqualTo("reset");
          assertThat(spectator.next().get("lat").asInt()).isEqualTo(7);
        }
      }
    }
  }

  @Test
  void raceFeedBringsEveryoneInTheRaceAndPublishersThereNameTheirRunner() throws Exception {
    try (var race = TestClient.of(server, "{\"id\":\"berlin/*\",\"pace\":0}")) {
      race.say("{\"lat\":1,\"lon\":1}");
      assertThat(race.next().get("code").asString()).isEqualTo("bad_id");
      race.say(position("berlin/1", 11)).say(position("berlin/2", 12)).say(position("anna", 13));
      race.say(position("berlin/3", 14));
      assertThat(lats(race.next(3))).containsExactlyInAnyOrder(11, 12, 14);
    }
  }

  @Test
  void pacedRaceFeedBringsTheNewestOfEachAndCountsTheRest() throws Exception {
    try (var race = TestClient.of(server, "{\"id\":\"berlin/*\",\"pace\":300}");
        var everything =
            TestClient.of(server, "{\"follow\":[\"berlin/1\",\"berlin/2\"],\"pace\":0}")) {
      race.say(position("berlin/1", 0)).next();
      for (int i = 1; i <= 30; i++) {
        race.say(position("berlin/" + (1 + i % 2), i));
      }
      everything.next(31);
      long told = 0;
      long last = 0;
      for (boolean one = false, two = false; !(one && two); ) {
        JsonNode position = race.next();
        told += 1 + position.path("skipped").asLong();
        one |= position.get("lat").asInt() == 30;
        two |= position.get("lat").asInt() == 29;
        assertThat(position.get("seq").asLong()).isGreaterThan(last);
        last = position.get("seq").asLong();
      }
      assertThat(told).isEqualTo(30);
    }
  }

  @Test
  void runnerFollowedAloneAndWithTheRaceComesOnce() throws Exception {
    try (var spectator =
            TestClient.of(server, "{\"follow\":[\"berlin/*\",\"berlin/1\"],\"pace\":20}");
        var runner = TestClient.of(server, "{\"follow\":[]}")) {
      for (int i = 1; i <= 50; i++) {
        runner.say(position("berlin/1", i));
        if (i == 20) {
          spectator.say("{\"unfollow\":[\"berlin/1\"]}");
        }
        if (i == 35) {
          spectator.say("{\"follow\":[\"berlin/1\"]}");
        }
      }
      var seen = new ArrayList<Integer>();
      long told = 0;
      for (JsonNode p = spectator.next(); ; p = spectator.next()) {
        seen.add(p.get("lat").asInt());
        told += 1 + p.path("skipped").asLong();
        if (p.get("lat").asInt() == 50) {
          break;
        }
      }
      assertThat(seen).doesNotHaveDuplicates().isSorted();
      assertThat(told).isLessThanOrEqualTo(50);
    }
  }

  @Test
  void runnerFollowedBesideAResumedRaceMissesNothing() throws Exception {
    try (var runner = TestClient.of(server, "{\"id\":\"berlin/7\",\"pace\":0}")) {
      for (int i = 0; i <= 20; i++) {
        runner.say(position("berlin/7", i));
      }
      long first = runner.next(21).getFirst().get("seq").asLong();
      for (String feeds : List.of("\"berlin/*\",\"berlin/7\"", "\"berlin/7\",\"berlin/*\"")) {
        String after = "\"after\":{\"berlin/*\":" + first + "}";
        try (var back = TestClient.of(server, "{\"follow\":[" + feeds + "]," + after + "}")) {
          assertThat(lats(back.next(20)))
              .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
        }
      }
    }
  }

  @Test
  void unfollowingEndsAFeed() throws Exception {
    try (var spectator = TestClient.of(server, "{\"follow\":[\"anna\",\"bob\"],\"pace\":0}")) {
      spectator.say(position("anna", 1)).say(position("bob", 2)).next(2);
      spectator.say("{\"unfollow\":[\"anna\"]}").say(position("anna", 3)).say(position("bob", 4));
      assertThat(spectator.next().get("lat").asInt()).isEqualTo(4);
    }
  }

  @Test
  void twoHundredAndFirstFeedIsOneTooMany() throws Exception {
    try (var client = TestClient.of(server, "{\"follow\":[]}")) {
      for (int part = 0; part < 2; part++) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 100; i++) {
          ids.add("\"r" + (part * 100 + i) + "\"");
        }
        client.say("{\"follow\":" + ids + "}");
      }
      client.say("{\"follow\":[\"r7\",\"one-more\"]}");
      JsonNode error = client.next();
      assertThat(error.get("code").asString()).isEqualTo("too_many_feeds");
      assertThat(error.get("message").asString()).contains("200").contains("201");
    }
  }

  @Test
  void whoWantsNoEchoGetsOnlyWhatOthersSend() throws Exception {
    try (var mute = TestClient.of(server, "{\"id\":\"anna\",\"echo\":false,\"pace\":0}");
        var other = TestClient.of(server, "{\"id\":\"anna\",\"pace\":0}")) {
      mute.say("{\"lat\":1,\"lon\":1}");
      other.next();
      other.say("{\"lat\":2,\"lon\":2}");
      assertThat(mute.next().get("lat").asInt()).isEqualTo(2);
    }
  }

  @Test
  void whatARefusedRegistrationAskedForIsForgotten() throws Exception {
    try (var client = TestClient.of(server, "{\"id\":\"no!\",\"echo\":false}")) {
      assertThat(client.next().get("code").asString()).isEqualTo("bad_id");
      client.say("{\"id\":\"anna\"}").say("{\"lat\":1,\"lon\":1}").say("{\"lat\":99,\"lon\":1}");
      assertThat(client.next(2)).anyMatch(message -> message.has("lat"));
    }
  }

  @Test
  void whoTakesCompressedMessagesGetsTheSame() throws Exception {
    String first = "{\"id\":\"anna\",\"batch\":true,\"trail\":500,\"pace\":50}";
    try (var runner = TestClient.compressing(server, "{\"follow\":[]}")) {
      for (int n = 0; n < 300; n++) {
        runner.say(
            "{\"id\":\"anna\",\"lat\":1.5,\"lon\":2.5,\"hr\":" + n % 200 + ",\"n\":" + n + "}");
      }
      await().until(() -> server.track("anna").size() == 300);
      try (var plain = TestClient.of(server, first);
          var small = TestClient.compressing(server, first)) {
        assertThat(small.next(300)).isEqualTo(plain.next(300));
        for (int n = 300; n < 600; n++) {
          runner.say("{\"id\":\"anna\",\"lat\":1.5,\"lon\":2.5,\"n\":" + n + "}");
        }
        assertThat(small.next(300)).isEqualTo(plain.next(300));
      }
    }
  }

  @Test
  void manyPositionsOfABatchArriveInOneArray() throws Exception {
    try (var client = TestClient.of(server, "{\"id\":\"anna\",\"batch\":true}")) {
      for (int i = 1; i <= 40; i++) {
        client.say("{\"lat\":" + i + ",\"lon\":0}");
      }
      assertThat(lats(client.next(40))).isSorted().hasSize(40);
    }
  }

  @Test
  void eventsGreetAcknowledgeAnswerPingsAndTellWhenARunnerFallsQuiet() throws Exception {
    try (var phone = TestClient.of(server, "{\"id\":\"anna\",\"events\":true,\"echo\":false}")) {
      JsonNode welcome = phone.next();
      assertThat(welcome.get("type").asString()).isEqualTo("welcome");
      assertThat(welcome.get("state").asString()).isEqualTo("unknown");
      assertThat(welcome.get("publish").asBoolean()).isTrue();
      try (var spectator = TestClient.of(server, "{\"id\":\"anna\",\"events\":true}")) {
        assertThat(spectator.next().get("type").asString()).isEqualTo("welcome");
        phone.say("{\"lat\":1,\"lon\":1,\"t\":1763777000,\"ref\":17,\"queue\":3}");
        phone.say("{\"lat\":1,\"lon\":1,\"t\":1763777000000,\"ref\":\"b\"}");
        phone.say("{\"lat\":99,\"lon\":1,\"ref\":19}").say("{\"ping\":7}");
        var told = new ArrayList<String>();
        while (told.size() < 4) {
          JsonNode message = phone.next();
          switch (message.get("type").asString()) {
            case "ack" -> told.add(message.get("ref") + " " + message.get("verdict").asString());
            case "pong" -> told.add("pong " + message.get("ping"));
            default -> {}
          }
        }
        assertThat(told)
            .as("what needs no disk does not wait for it")
            .containsSubsequence("19 refused", "pong 7")
            .containsSubsequence("17 accepted", "\"b\" duplicate");
        var states = new ArrayList<String>();
        while (!states.contains("quiet")) {
          JsonNode message = spectator.next();
          if (message.get("type").asString().equals("status")) {
            states.add(message.get("state").asString());
            if (states.size() == 1) {
              assertThat(message.get("behind").asInt()).isEqualTo(3);
              assertThat(message.get("watching").asInt()).isEqualTo(1);
            }
          }
        }
        assertThat(states).first().isEqualTo("live");
      }
    }
  }

  @Test
  void whatIsOlderThanTheNewestIsMarkedLate() throws Exception {
    try (var client = TestClient.of(server, "anna")) {
      client.say("{\"lat\":1,\"lon\":1,\"t\":1763777100}");
      client.say("{\"lat\":2,\"lon\":2,\"t\":\"2025-11-22T02:03:20Z\"}");
      var both = client.next(2);
      assertThat(both.get(0).has("late")).isFalse();
      assertThat(both.get(1).get("late").asBoolean()).isTrue();
      assertThat(both.get(1).get("t").asLong()).isEqualTo(1763777000000L);
    }
  }

  @Test
  void veryPatientSpectatorDoesNotSlowTheOthersDown() throws Exception {
    try (var patient = TestClient.of(server, "{\"id\":\"x\",\"pace\":60000}");
        var usual = TestClient.of(server, "{\"id\":\"y\",\"pace\":50}")) {
      patient.say(position("x", 1)).say(position("x", 2)).next();
      usual.say(position("y", 1)).say(position("y", 2));
      assertThat(lats(usual.next(2))).containsExactly(1, 2);
    }
    await()
        .untilAsserted(
            () -> assertThat(server.leftovers()).endsWith("0 channels, 0 feeds, 0 timers"));
  }

  @Test
  void whatARaceLeavesOutIsCountedFromTheLastOneTold() throws Exception {
    try (var runner = TestClient.of(server, "{\"id\":\"berlin/1\",\"pace\":0}")) {
      long seq = runner.say("{\"lat\":1,\"lon\":1}").next().get("seq").asLong();
      try (var race = TestClient.of(server, "{\"id\":\"berlin/*\",\"pace\":300}")) {
        assertThat(race.next().get("seq").asLong()).isEqualTo(seq);
        runner.say("{\"lat\":2,\"lon\":1}");
        long second = race.next().get("seq").asLong();
        runner.say("{\"lat\":3,\"lon\":1}").say("{\"lat\":4,\"lon\":1}");
        JsonNode fourth = race.next();
        assertThat(fourth.get("skipped").asInt()).isEqualTo(1);
        assertThat(fourth.get("since").asLong()).isEqualTo(second);
      }
    }
  }

  @Test
  void failedRegistrationLeavesNothingBehind() throws Exception {
    try (var client = TestClient.of(server, "{\"follow\":[\"a b\"],\"events\":true}")) {
      assertThat(client.next().get("code").asString()).isEqualTo("bad_id");
      client.say("{\"id\":\"anna\",\"events\":null}").say("{\"lat\":1,\"lon\":1}");
      assertThat(client.next().get("type").asString()).isEqualTo("position");
    }
  }

  @Test
  void firstFollowIsGreetedAndAWrongRunnerWithARefIsRefused() throws Exception {
    try (var client = TestClient.of(server, "{\"follow\":[\"anna\"],\"events\":true}")) {
      JsonNode welcome = client.next();
      assertThat(welcome.get("type").asString()).isEqualTo("welcome");
      assertThat(welcome.get("watching").asInt()).isEqualTo(1);
      client.say("{\"id\":\"a b\",\"lat\":1,\"lon\":1,\"ref\":3}");
      JsonNode ack = client.next();
      assertThat(ack.get("verdict").asString()).isEqualTo("refused");
      assertThat(ack.get("message").asString()).contains("\"a b\"");
    }
  }

  @Test
  void whatIsPostedIsFollowedAndErasedLikeWhatIsSent() throws Exception {
    try (var spectator = TestClient.of(server, "{\"follow\":[\"berlin/*\"],\"pace\":0}");
        var http = HttpClient.newHttpClient()) {
      spectator.untilMarked("berlin/1");
      var runner = server.http().resolve("/api/races/berlin/runners/7");
      var lines = String.join("\n", position("berlin/7", 1), position("berlin/7", 2));
      var post =
          HttpRequest.newBuilder(URI.create(runner + "/positions"))
              .POST(BodyPublishers.ofString(lines));
      http.send(post.build(), BodyHandlers.ofString());
      assertThat(lats(spectator.next(2))).containsExactly(1, 2);
      http.send(HttpRequest.newBuilder(runner).DELETE().build(), BodyHandlers.ofString());
      JsonNode erased = spectator.next();
      assertThat(erased.get("type").asString()).isEqualTo("erased");
      assertThat(erased.get("id").asString()).isEqualTo("berlin/7");
    }
  }
}
