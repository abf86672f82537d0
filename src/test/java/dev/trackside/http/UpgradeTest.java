package dev.trackside.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Running;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests with the headers of a WebSocket that a proxy has changed, or that ask for no WebSocket.
 */
final class UpgradeTest {
  private static final String UPGRADE = "Upgrade: websocket";
  private static final String CONNECTION = "Connection: Upgrade";
  private static final String VERSION = "Sec-WebSocket-Version: 13";
  private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

  private static Running server;

  @BeforeAll
  static void open() throws IOException {
    server = Running.with();
  }

  @AfterAll
  static void close() throws IOException {
    server.close();
  }

  private static String headOfAnswerTo(String line, String... headers) throws IOException {
    try (var caller = new RawCaller(server.port())) {
      caller.say(RawCaller.request(line + " HTTP/1.1", headers));
      return caller.head();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X: y", "Connection: keep-alive", "Connection: close", "Connection: websocket"})
  void upgradeThatTheConnectionHeaderDoesNotNameIsToldHowToUpgrade(String instead)
      throws IOException {
    String head = headOfAnswerTo("GET /ws", UPGRADE, instead, VERSION, KEY);
    assertThat(head).startsWith("HTTP/1.1 426 ");
    assertThat(head.toLowerCase(Locale.ROOT))
        .contains("\r\nupgrade: websocket\r\n", "\r\nconnection: upgrade");
  }

  @ParameterizedTest
  @CsvSource({
    "/health, 200",
    "/, 200",
    "/api/runners, 200",
    "/api/runners/nobody, 404",
    "/api/races/berlin/runners, 200"
  })
  void headersOfAWebSocketChangeNothingElsewhere(String path, int status) throws IOException {
    String plain = headOfAnswerTo("GET " + path);
    assertThat(plain).startsWith("HTTP/1.1 " + status + " ");
    for (String connection : new String[] {CONNECTION, "X: y"}) {
      String head = headOfAnswerTo("GET " + path, UPGRADE, connection, VERSION, KEY);
      assertThat(head)
          .startsWith("HTTP/1.1 " + status + " ")
          .doesNotContainIgnoringCase("\r\nSet-Cookie:");
    }
  }

  @Test
  void connectionGoesOnAfterAnUpgradeThatIsIgnored() throws IOException {
    try (var caller = new RawCaller(server.port())) {
      caller.say(RawCaller.request("GET /health HTTP/1.1", "Upgrade: h2c"));
      assertThat(caller.head()).startsWith("HTTP/1.1 200 ");
      caller.say(RawCaller.request("GET /ready HTTP/1.1", "Connection: close"));
      assertThat(caller.rest()).contains("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "run.example:443, https://run.example, 101",
    "run.example, https://run.example:443, 101",
    "run.example:80, http://run.example, 101",
    "run.example:443, http://run.example, 403",
    "10.0.0.1:8080, https://run.example, 403"
  })
  void usualPortIsTheSameAsNone(String host, String origin, int status) throws IOException {
    try (var caller = new RawCaller(server.port())) {
      String headers =
          RawCaller.lines("Host: " + host, "Origin: " + origin, UPGRADE, CONNECTION, VERSION, KEY);
      caller.say("GET /ws HTTP/1.1\r\n" + headers + "\r\n");
      assertThat(caller.head()).startsWith("HTTP/1.1 " + status + " ");
    }
  }

  @Test
  void refusalOfAPageNamesItsOriginAndTheOption() throws IOException {
    String headers = RawCaller.lines("Host: 10.0.0.1", "Origin: https://run.example");
    for (String request :
        new String[] {
          "GET /ws HTTP/1.1\r\n" + headers + RawCaller.lines(UPGRADE, CONNECTION, VERSION, KEY),
          "DELETE /api/runners/anna HTTP/1.1\r\n" + headers
        }) {
      try (var caller = new RawCaller(server.port())) {
        caller.say(request + "Connection: close\r\n\r\n");
        assertThat(caller.rest())
            .startsWith("HTTP/1.1 403 ")
            .contains(
                "\"code\":\"foreign_origin\"", "Pages of https://run.example may not ", "(--url)");
      }
    }
  }
}
