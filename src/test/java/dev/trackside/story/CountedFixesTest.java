package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Calls;
import dev.trackside.support.Owner;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Fixes from every side at once: each is counted once, by where it came from and what became of it.
 */
final class CountedFixesTest {
  private static final List<String> FATES =
      List.of("accepted", "late", "duplicate", "refused", "noRoom");

  private static Map<String, Long> fates(Running server, String source) {
    var counted = new TreeMap<String, Long>();
    for (String fate : FATES) {
      counted.put(fate, server.gauge(source + "." + fate));
    }
    long sum = counted.values().stream().mapToLong(Long::longValue).sum();
    assertThat(server.gauge(source + ".received")).as(source).isEqualTo(sum);
    return counted;
  }

  private static Map<String, Long> of(
      long accepted, long late, long duplicate, long refused, long noRoom) {
    return Map.of(
        "accepted", accepted,
        "late", late,
        "duplicate", duplicate,
        "refused", refused,
        "noRoom", noRoom);
  }

  @Test
  void whatIsReceivedIsWhatBecameOfIt() throws Exception {
    try (var server = Running.with("--unclaimed=2", "--demo");
        var calls = new Calls(server.http());
        var socket = TestClient.of(server, "{\"follow\":[],\"events\":true}")) {
      var anna = new Owner(calls, "anna", "");
      // by WebSocket: 2 accepted, 1 late, 1 duplicate, 1 no fix, 1 without the right, 1 without
      // room
      socket.say("{\"id\":\"x\",\"ref\":1,\"t\":1794000100,\"lat\":1,\"lon\":2}");
      socket.say("{\"id\":\"x\",\"ref\":2,\"t\":1794000200,\"lat\":1,\"lon\":2}");
      socket.say("{\"id\":\"x\",\"ref\":3,\"t\":1794000150,\"lat\":1,\"lon\":2}");
      socket.say("{\"id\":\"x\",\"ref\":4,\"t\":1794000150,\"lat\":1,\"lon\":2}");
      socket.say("{\"id\":\"x\",\"ref\":5,\"lat\":91,\"lon\":2}");
      socket.say("{\"id\":\"anna\",\"ref\":6,\"lat\":1,\"lon\":2}");
      // over HTTP: 2 accepted, 1 late, 1 duplicate, 1 no fix
      assertThat(
              calls
                  .post(
                      "/api/runners/y/positions",
                      "[{\"t\":1794000100,\"lat\":1,\"lon\":2},{\"t\":1794000300,\"lat\":1,\"lon\":2},"
                          + "{\"t\":1794000200,\"lat\":1,\"lon\":2},{\"t\":1794000200,\"lat\":1,\"lon\":2},"
                          + "{\"lat\":\"here\"}]")
                  .status())
          .isEqualTo(200);
      socket.say("{\"id\":\"z\",\"ref\":7,\"lat\":1,\"lon\":2}");
      // from a phone: 1 accepted, its repetition, and one that is nowhere
      String location = "{\"_type\":\"location\",\"lat\":1,\"lon\":2,\"tst\":1794000100}";
      for (String body : List.of(location, location, location.replace(":2", ":200"))) {
        assertThat(calls.post("/phone/" + anna.key, body).status()).isEqualTo(200);
      }
      await().untilAsserted(() -> assertThat(server.gauge("websocket.received")).isEqualTo(7));
      await().untilAsserted(() -> fates(server, "websocket"));
      assertThat(fates(server, "websocket")).isEqualTo(of(2, 1, 1, 2, 1));
      assertThat(fates(server, "http")).isEqualTo(of(2, 1, 1, 1, 0));
      assertThat(fates(server, "owntracks")).isEqualTo(of(1, 0, 1, 1, 0));
      await().until(() -> server.gauge("rehearsal.accepted") > 8);
      assertThat(server.gauge("rehearsal.refused")).isZero();
      assertThat(server.gauge("rehearsal.noRoom")).isZero();
    }
  }
}
