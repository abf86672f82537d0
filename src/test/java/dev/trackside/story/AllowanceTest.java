package dev.trackside.story;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Calls;
import dev.trackside.support.Calls.Answer;
import dev.trackside.support.Owner;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** How much one address may bring, whatever brings it, and how open ids are shared. */
class AllowanceTest {
  private static final String HERE_TOO = "--limit-loopback";
  private static final String PROXY = "--proxy=127.0.0.1";
  private static final long T = 1_778_400_000;

  private final AtomicInteger moment = new AtomicInteger();

  private String fix() {
    int n = moment.incrementAndGet();
    return "{\"t\":%d,\"lat\":1,\"lon\":2}".formatted(T + n);
  }

  private String batch(int count) {
    return IntStream.range(0, count).mapToObj(_ -> fix()).collect(joining(",", "[", "]"));
  }

  private static String[] from(int address) {
    return new String[] {
      "X-Forwarded-For", "198.51.%d.%d".formatted(100 + address / 250, 1 + address % 250)
    };
  }

  private Answer post(Calls calls, String id, int count, String... headers) throws Exception {
    return calls.post("/api/runners/" + id + "/positions", batch(count), headers);
  }

  /** Posts again when it is told to, as an app does. */
  private static Answer insist(Calls calls, String path, String body) throws Exception {
    Answer answer = calls.post(path, body);
    while (answer.status() == 429) {
      long seconds = Long.parseLong(answer.header("Retry-After"));
      answer = await().pollDelay(seconds, SECONDS).until(() -> calls.post(path, body), _ -> true);
    }
    return answer;
  }

  @Test
  void whoPostsTooFastIsToldWhenToComeBack() throws Exception {
    try (var server = Running.with(HERE_TOO, "--address-positions=10", "--address-burst=1000");
        var calls = new Calls(server.http())) {
      long begunNanos = System.nanoTime();
      int taken = 0;
      var refused = new ArrayList<Answer>();
      for (int i = 0; i < 200; i++) {
        Answer answer = post(calls, "anna", 100);
        if (answer.status() == 200) {
          taken += answer.json().path("accepted").asInt();
        } else {
          refused.add(answer);
        }
      }
      int seconds = 1 + (int) ((System.nanoTime() - begunNanos) / 1_000_000_000);
      assertThat(taken).isBetween(1_000, 1_000 + 100 + 10 * seconds);
      assertThat(server.track("anna")).hasSize(taken);
      assertThat(refused).isNotEmpty();
      for (Answer answer : refused) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("too_many_requests");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 12);
        assertThat(answer.message()).contains("10 positions a second, and 1000 at once");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "{\"lat\":1,\"lon\":2}"})
  void largeBodyThatHoldsLittleCountsByItsBytes(String end) throws Exception {
    try (var server = Running.with(HERE_TOO, "--address-positions=10", "--address-burst=1000");
        var calls = new Calls(server.http())) {
      String path = "/api/runners/anna/positions";
      Answer first = calls.post(path, " ".repeat(4_000_000) + end);
      assertThat(first.status()).isEqualTo(end.startsWith("{") ? 200 : 400);
      assertThat(first.status() == 200 ? calls.post(path, fix()) : calls.post(path, "x"))
          .as("976 are counted, and no more")
          .extracting(Answer::status)
          .isEqualTo(first.status());
      calls.post(path, " ".repeat(400_000));
      assertThat(calls.post(path, fix()).status()).isEqualTo(429);
    }
  }

  @Test
  void backlogOfAPhoneComesInWholeThoughItsNeighboursReport() throws Exception {
    try (var server = Running.with(HERE_TOO, "--address-positions=4000", "--address-burst=2000");
        var calls = new Calls(server.http())) {
      for (int i = 0; i < 100; i++) {
        assertThat(insist(calls, "/api/runners/r" + i + "/positions", fix()).status())
            .isEqualTo(200);
      }
      for (String phone : List.of("one", "two")) {
        String backlog = batch(10_000);
        Answer answer = insist(calls, "/api/runners/" + phone + "/positions", backlog);
        assertThat(answer.json().path("accepted").asInt()).isEqualTo(10_000);
        assertThat(insist(calls, "/api/runners/r1/positions", fix()).status()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/phone/{key}?id=7&timestamp=%d&lat=52.1&lon=-0.4",
        "/api/v1/overland/batches?api_key={key}&timestamp=%d&lat=52.1&lon=-0.4",
        "/phone/{key}?id=%d"
      })
  void phoneAppsHaveTheSameAllowance(String path) throws Exception {
    try (var server = Running.with(HERE_TOO, "--address-positions=1", "--address-burst=20");
        var calls = new Calls(server.http())) {
      var anna = new Owner(calls, "anna", "");
      var statuses = new ArrayList<Integer>();
      for (int i = 0; i < 40; i++) {
        String address = path.replace("{key}", anna.key).formatted(T + i);
        Answer answer = calls.post(address, "");
        statuses.add(answer.status());
        assertThat(answer.header("Retry-After").isEmpty()).isEqualTo(answer.status() == 200);
      }
      assertThat(statuses.subList(0, 20)).containsOnly(200);
      assertThat(statuses).contains(429).containsOnly(200, 429);
      while (post(calls, "bob", 100).status() == 200) {
        assertThat(server.track("bob")).as("it is one for all ways in").hasSize(100);
      }
    }
  }

  /** Lets each send 200 positions, and waits until all are acknowledged without an error. */
  private static void bring(List<TestClient> clients, int from) throws InterruptedException {
    for (int i = from; i < from + 200; i++) {
      for (TestClient client : clients) {
        client.say("{\"t\":%d,\"lat\":1,\"lon\":2,\"ref\":%d}".formatted(T + i, i));
      }
    }
    for (TestClient client : clients) {
      for (int acks = 0; acks < 200; ) {
        JsonNode message = client.next();
        assertThat(message.path("type").asString()).isNotEqualTo("error");
        if (message.has("ref")) {
          assertThat(message.path("verdict").asString()).isEqualTo("accepted");
          acks++;
        }
      }
    }
  }

  @Test
  void webSocketsAreNotReadForAWhileAndLoseNothing() throws Exception {
    try (var server = Running.with(HERE_TOO, "--address-positions=200", "--address-burst=100");
        var anna = TestClient.of(server, "{\"id\":\"anna\",\"events\":true,\"echo\":false}");
        var bob = TestClient.of(server, "{\"id\":\"bob\",\"events\":true,\"echo\":false}");
        var watching = TestClient.of(server, "{\"id\":\"anna\",\"events\":true}")) {
      List<TestClient> both = List.of(anna, bob);
      long begunNanos = System.nanoTime();
      bring(both, 0);
      bring(both, 200);
      assertThat(System.nanoTime() - begunNanos)
          .as("of the first 400, 300 are beyond the burst, and 200 a second are paid back")
          .isGreaterThan(1_000_000_000);
      assertThat(watching.say("{\"ping\":1}").next()).isNotNull();
    }
  }

  @Test
  void thisMachineHasNoLimit() throws Exception {
    try (var server = Running.with("--address-positions=1", "--address-burst=1");
        var calls = new Calls(server.http())) {
      for (int i = 0; i < 20; i++) {
        assertThat(post(calls, "anna", 100).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void erasingIsCountedAgainstTheAddressThatAsks() throws Exception {
    try (var server = Running.with(PROXY, "--address-claims=1");
        var calls = new Calls(server.http())) {
      var statuses = new ArrayList<Integer>();
      for (int i = 0; i < 30; i++) {
        assertThat(post(calls, "anna", 1, from(1)).status()).isEqualTo(200);
        var answer = calls.call("DELETE", "/api/runners/anna", BodyPublishers.noBody(), from(1));
        statuses.add(answer.status());
      }
      assertThat(statuses.subList(0, 5)).containsOnly(204);
      assertThat(statuses).contains(429).containsOnly(204, 429);
      assertThat(post(calls, "bob", 1, from(2)).status()).isEqualTo(200);
      assertThat(
              calls.call("DELETE", "/api/runners/bob", BodyPublishers.noBody(), from(2)).status())
          .isEqualTo(204);
    }
  }

  @Test
  void changesOfARunnerAreCountedToo() throws Exception {
    try (var server = Running.with(HERE_TOO, "--address-claims=1");
        var calls = new Calls(server.http())) {
      var anna = new Owner(calls, "anna", "");
      var statuses = new ArrayList<Integer>();
      for (int i = 0; i < 30; i++) {
        statuses.add(anna.change("{\"name\":\"Anna " + i + "\"}").status());
        statuses.add(anna.link("{}").status());
      }
      assertThat(statuses.subList(0, 4)).containsOnly(200, 201);
      assertThat(statuses).contains(429);
      assertThat(anna.publish(fix()).status()).isEqualTo(200);
    }
  }

  @Test
  void oneAddressHoldsATenthOfTheOpenIdsAndANewcomerFindsRoom() throws Exception {
    try (var server = Running.with(PROXY, "--unclaimed=100");
        var calls = new Calls(server.http())) {
      for (int address = 0; address < 10; address++) {
        int taken = 0;
        for (int i = 0; i < 12; i++) {
          Answer answer = post(calls, "a" + address + "-" + i, 1, from(address));
          taken += answer.status() == 200 ? 1 : 0;
          if (answer.status() != 200) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("not_allowed");
            assertThat(answer.message()).contains("at most 100").contains("10 of one address");
          }
        }
        assertThat(taken).isEqualTo(10);
      }
      assertThat(post(calls, "a0-0", 1, from(0)).status())
          .as("who is there goes on")
          .isEqualTo(200);
      try (var watching = TestClient.of(server, "a0-1")) {
        assertThat(watching.next().path("id").asString()).isEqualTo("a0-1");
        assertThat(post(calls, "newcomer", 1, from(77)).status()).isEqualTo(200);
        assertThat(watching.next().path("type").asString()).isEqualTo("erased");
      }
      assertThat(calls.get("/api/runners/a0-1").status()).isEqualTo(404);
      assertThat(calls.get("/api/runners/a0-1/track").status()).isEqualTo(404);
      assertThat(server.track("a0-0")).hasSize(2);
      assertThat(server.track("newcomer")).hasSize(1);
    }
  }
}
