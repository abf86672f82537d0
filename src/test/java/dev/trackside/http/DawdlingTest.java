package dev.trackside.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Running;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Connections that never complete a request. */
final class DawdlingTest {
  private static final String HEALTH = RawCaller.request("GET /health HTTP/1.1");
  private static final String UPGRADE =
      RawCaller.request(
          "GET /ws HTTP/1.1",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
  private static final int LONGER_MS = 1_800;

  private static Running server;

  @BeforeAll
  static void open() throws IOException {
    server = Running.with("--patience=1");
  }

  @AfterAll
  static void close() throws IOException {
    server.close();
  }

  @Test
  void whoSaysNothingOrStopsInTheMiddleIsClosed() throws IOException {
    var callers = new ArrayList<RawCaller>();
    for (String beginning :
        List.of(
            "",
            "G",
            "GET /health HTTP/1.1\r\n",
            HEALTH.substring(0, HEALTH.length() - 2),
            UPGRADE.substring(0, UPGRADE.length() / 2))) {
      var caller = new RawCaller(server.port());
      caller.say(beginning);
      callers.add(caller);
    }
    for (RawCaller caller : callers) {
      assertThat(caller.rest()).isEmpty();
      caller.close();
    }
  }

  @Test
  void bytesDoNotProlongAHead() throws IOException {
    try (var caller = new RawCaller(server.port())) {
      String endless = "GET /health HTTP/1.1\r\nX: " + "x".repeat(1_000);
      assertThat(caller.drip(endless, 100)).isNotEqualTo(endless).doesNotContain("200");
    }
  }

  @Test
  void emptyLinesInFrontOfARequestDoNotProlongIt() throws IOException {
    try (var caller = new RawCaller(server.port())) {
      assertThat(caller.drip("\r\n".repeat(500), 100)).doesNotContain("200");
    }
  }

  @Test
  void furtherRequestOnAKeptConnectionHasTheSameDeadline() throws IOException {
    try (var caller = new RawCaller(server.port())) {
      caller.say(HEALTH);
      assertThat(caller.answer()).startsWith("HTTP/1.1 200 ");
      assertThat(caller.drip("GET / HTTP/1.1\r\nX: " + "x".repeat(1_000), 100))
          .doesNotContain("HTTP");
    }
  }

  @Test
  void keptConnectionMayWaitForItsNextRequest() throws IOException {
    try (var caller = new RawCaller(server.port())) {
      for (int i = 0; i < 2; i++) {
        caller.say(HEALTH);
        assertThat(caller.answer()).startsWith("HTTP/1.1 200 ");
        assertThat(caller.hearsNothingFor(LONGER_MS)).isTrue();
      }
    }
  }

  @Test
  void keptConnectionDoesNotWaitForEver() throws IOException {
    try (var brief = Running.with("--idle=1");
        var caller = new RawCaller(brief.port())) {
      caller.say(HEALTH);
      assertThat(caller.answer()).startsWith("HTTP/1.1 200 ");
      assertThat(caller.rest()).isEmpty();
    }
  }

  @Test
  void webSocketAndEventStreamHaveDeadlinesOfTheirOwn() throws IOException {
    try (var brief = Running.with("--patience=1", "--idle=1");
        var socket = new RawCaller(brief.port());
        var stream = new RawCaller(brief.port())) {
      socket.say(UPGRADE);
      assertThat(socket.head()).startsWith("HTTP/1.1 101 ");
      stream.say(RawCaller.request("GET /api/runners/nobody/events HTTP/1.1"));
      assertThat(stream.head()).startsWith("HTTP/1.1 200 ");
      assertThat(socket.hearsNothingFor(LONGER_MS)).isTrue();
      while (!stream.hearsNothingFor(LONGER_MS)) {
        assertThat(stream.hasEnded()).isFalse();
      }
      socket.say("\u0089\u0080....");
      assertThat(socket.read()).isEqualTo(0x8A);
    }
  }

  @Test
  void whoWasClosedIsNoLongerCounted() throws IOException {
    try (var alone = Running.with("--patience=1");
        var one = new RawCaller(alone.port());
        var other = new RawCaller(alone.port())) {
      await().until(() -> alone.connections() == 2);
      one.rest();
      other.rest();
      await().atMost(Duration.ofSeconds(20)).until(() -> alone.connections() == 0);
    }
  }
}
