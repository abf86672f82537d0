package dev.trackside.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** More connections than the limit. */
final class ConnectionLimiterTest {
  private static final int MOST = 20;
  private static final String HEALTH = RawCaller.request("GET /health HTTP/1.1");

  /** Callers that all hang up in the end. */
  private static final class ManyCallers implements AutoCloseable {
    private final Running server;
    private final List<RawCaller> present = new ArrayList<>();

    ManyCallers(Running server) {
      this.server = server;
    }

    RawCaller come() throws IOException {
      var caller = new RawCaller(server.port());
      present.add(caller);
      return caller;
    }

    ManyCallers come(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        come();
      }
      return this;
    }

    void someoneLeaves() throws IOException {
      present.removeLast().close();
    }

    @Override
    public void close() throws IOException {
      for (RawCaller caller : present) {
        caller.close();
      }
    }
  }

  @Test
  void whoComesTooLateIsToldSoAndWhoIsThereStays() throws Exception {
    try (var server = Running.with("--connections=" + MOST);
        var there = new ManyCallers(server);
        var late = new ManyCallers(server)) {
      there.come(MOST);
      await().until(() -> server.connections() == MOST);
      RawCaller newcomer = late.come();
      newcomer.say(HEALTH);
      assertThat(newcomer.rest())
          .startsWith("HTTP/1.1 503 ")
          .contains("\r\nRetry-After: 10\r\n", "\r\nX-Content-Type-Options: nosniff\r\n")
          .contains("{\"error\":{\"code\":\"service_unavailable\"");
      for (RawCaller caller : there.present) {
        caller.say(HEALTH);
        assertThat(caller.answer()).startsWith("HTTP/1.1 200 ");
      }
      there.someoneLeaves();
      await().until(() -> server.connections() == MOST - 1);
      RawCaller lucky = late.come();
      lucky.say(HEALTH);
      assertThat(lucky.answer()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void handshakeBeyondTheLimitIsAnswered503Too() throws Exception {
    try (var server = Running.with("--connections=" + MOST);
        var callers = new ManyCallers(server).come(MOST)) {
      await().until(() -> server.connections() == MOST);
      RawCaller newcomer = callers.come();
      newcomer.say(
          RawCaller.request("GET /ws HTTP/1.1", "Upgrade: websocket", "Connection: Upgrade"));
      assertThat(newcomer.rest()).startsWith("HTTP/1.1 503 ");
    }
  }

  @Test
  void farBeyondTheLimitTheDoorIsShutWithoutAWord() throws Exception {
    int most = MOST + EdgeLimits.SPARE_CONNECTIONS;
    try (var server = Running.with("--connections=" + MOST);
        var callers = new ManyCallers(server).come(most)) {
      await().until(() -> server.connections() == most);
      for (int i = 0; i < 100; i++) {
        assertThat(callers.come().rest()).isEmpty();
      }
      await().until(() -> server.connections() == most);
    }
  }

  @Test
  void oneAddressDoesNotTakeThePlacesOfAll() throws Exception {
    try (var server = Running.with("--limit-loopback", "--address-connections=" + MOST / 2);
        var callers = new ManyCallers(server).come(MOST)) {
      await().until(() -> server.connections() == MOST);
      assertThat(callers.come().rest()).isEmpty();
      callers.someoneLeaves();
      callers.someoneLeaves();
      await().until(() -> server.connections() == MOST - 1);
      RawCaller lucky = callers.come();
      lucky.say(HEALTH);
      assertThat(lucky.answer()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void crowdDoesNotDisturbWhoIsThereAndLeavesNothingBehind() throws Exception {
    try (var server = Running.with("--connections=" + MOST, "--patience=1")) {
      try (var fan = TestClient.of(server, "{\"id\":\"anna\"}");
          var anna = TestClient.of(server, "{\"id\":\"anna\",\"echo\":false}");
          var crowd = new ManyCallers(server).come(MOST * 10)) {
        for (int i = 0; i < 50; i++) {
          anna.say("{\"lat\":52.5,\"lon\":13.4,\"n\":" + i + "}");
        }
        for (int i = 0; i < 50; i++) {
          assertThat(fan.next().path("n").asInt()).isEqualTo(i);
        }
        await().until(() -> server.connections() == 2);
        RawCaller newcomer = crowd.come();
        newcomer.say(HEALTH);
        assertThat(newcomer.answer()).startsWith("HTTP/1.1 200 ");
      }
      await().until(() -> server.connections() == 0);
    }
  }
}
