package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A spectator who is cut off again and again, and comes back with the last number they have. */
class ResumeIT {
  private static final int DISCONNECTS = 500;

  @ParameterizedTest
  @ValueSource(strings = {"berlin/7", "berlin/*"})
  void everythingComesOnceAndInOrderHoweverOftenTheConnectionBreaks(String feed) throws Exception {
    var random = new Random(feed.hashCode());
    int published = 0;
    long last = 0;
    var seen = new ArrayList<Long>();
    try (var server = Running.with();
        var runner = TestClient.of(server, "{\"follow\":[]}")) {
      for (int round = 0; round < DISCONNECTS; round++) {
        published = publish(runner, published, random.nextInt(30));
        String options = random.nextBoolean() ? ",\"batch\":true" : "";
        int pace = feed.endsWith("*") ? 0 : random.nextInt(3) * 5;
        var first =
            "{\"id\":\"%s\",\"after\":%d,\"pace\":%d%s}".formatted(feed, last, pace, options);
        var spectator = TestClient.of(server, first);
        published = publish(runner, published, random.nextInt(30));
        int wanted = random.nextInt(published - seen.size() + 1);
        for (var position : spectator.next(wanted)) {
          assertThat(position.get("type").asString()).isEqualTo("position");
          assertThat(position.has("skipped")).isFalse();
          seen.add(position.get("n").asLong());
          last = position.get("seq").asLong();
        }
        if (random.nextBoolean()) {
          spectator.abort();
        } else {
          spectator.close();
        }
      }
      try (var spectator =
          TestClient.of(server, "{\"id\":\"" + feed + "\",\"after\":" + last + "}")) {
        for (var position : spectator.next(published - seen.size())) {
          seen.add(position.get("n").asLong());
        }
      }
    }
    assertThat(seen).isEqualTo(numbersUpTo(published));
  }

  @Test
  void longPastIsReplayedWholeWhileNewPositionsArrive() throws Exception {
    try (var server = Running.with();
        var runner = TestClient.of(server, "{\"follow\":[]}")) {
      int published = publish(runner, 0, 20_000);
      await().until(() -> server.gauge("websocket.accepted") == 20_000);
      try (var spectator =
          TestClient.of(server, "{\"id\":\"berlin/7\",\"after\":0,\"batch\":true}")) {
        var seen = new ArrayList<JsonNode>();
        for (int piece = 0; piece < 20; piece++) {
          published = publish(runner, published, 75); // all of them may wait: none is skipped
          seen.addAll(spectator.next(1_075));
        }
        assertThat(seen.stream().map(p -> p.get("n").asLong()).toList())
            .isEqualTo(numbersUpTo(published));
      }
    }
  }

  private static int publish(TestClient runner, int from, int count) {
    for (int n = from; n < from + count; n++) {
      runner.say("{\"id\":\"berlin/7\",\"lat\":1,\"lon\":2,\"n\":" + n + "}");
    }
    return from + count;
  }

  private static List<Long> numbersUpTo(int count) {
    var numbers = new ArrayList<Long>();
    for (long n = 0; n < count; n++) {
      numbers.add(n);
    }
    return numbers;
  }
}
