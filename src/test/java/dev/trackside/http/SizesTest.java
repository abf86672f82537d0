package dev.trackside.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trackside.support.Running;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are too large, too many at once, or not HTTP at all. */
final class SizesTest {
  private static final String POST = "POST /api/runners/anna/positions HTTP/1.1";
  private static final String[] UPGRADE = {
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
  };

  private static Running server;

  @BeforeAll
  static void open() throws IOException {
    server = Running.with("--patience=2");
  }

  @AfterAll
  static void close() throws IOException {
    server.close();
  }

  /** All that comes until the server ends the connection. */
  private static String answerTo(String bytes) throws IOException {
    try (var caller = new RawCaller(server.port())) {
      try {
        caller.say(bytes);
      } catch (IOException e) {
        return "refused while it was said: " + caller.rest();
      }
      return caller.rest();
    }
  }

  private static String handshake(String... more) {
    return RawCaller.request(
        "GET /ws HTTP/1.1", Stream.of(UPGRADE, more).flatMap(Stream::of).toArray(String[]::new));
  }

  private static String numbered(int count, String before, String behind) {
    return IntStream.range(0, count)
        .mapToObj(i -> before + i + behind)
        .collect(Collectors.joining());
  }

  static Stream<String> tooLargeHeads() {
    return Stream.of(
        RawCaller.request("GET /health HTTP/1.1", "X: " + "x".repeat(9_000)),
        RawCaller.request("GET /health HTTP/1.1", numbered(1_000, "X-", ": 1\r\n").strip()),
        RawCaller.request("GET /health HTTP/1.1", "Cookie: " + numbered(2_000, "c", "=1; ")),
        handshake("Sec-WebSocket-Protocol: " + numbered(2_000, "p", ", ") + "p"),
        handshake("Sec-WebSocket-Extensions: " + numbered(2_000, "x", "; a=1, ") + "x"),
        handshake(numbered(400, "Sec-WebSocket-Protocol: p", "\r\n").strip()));
  }

  @ParameterizedTest
  @MethodSource("tooLargeHeads")
  void headOfMoreThan8KibIsRefused(String head) throws IOException {
    assertThat(answerTo(head))
        .startsWith("HTTP/1.1 431 ")
        .contains("\"code\":\"request_header_fields_too_large\"", "8192 bytes")
        .contains("X-Content-Type-Options: nosniff");
  }

  @Test
  void headThatIsJustNotTooLargeIsTaken() throws IOException {
    String line = "GET /health HTTP/1.1";
    String all = RawCaller.request(line, "Connection: close", "X: ");
    assertThat(answerTo(RawCaller.request(line, "Connection: close", "X: " + room(all))))
        .startsWith("HTTP/1.1 200 ");
    try (var caller = new RawCaller(server.port())) {
      caller.say(handshake("Sec-WebSocket-Protocol: " + numbered(1_000, "p", ",") + "p"));
      assertThat(caller.head())
          .startsWith("HTTP/1.1 101 ")
          .doesNotContainIgnoringCase("Sec-WebSocket-Protocol");
    }
  }

  private static String room(String head) {
    return "x".repeat(EdgeLimits.MOST_HEAD_BYTES - head.length());
  }

  @Test
  void addressThatIsTooLongIsRefused() throws IOException {
    assertThat(answerTo(RawCaller.request("GET /" + "x".repeat(9_000) + " HTTP/1.1")))
        .startsWith("HTTP/1.1 414 ")
        .contains("\"code\":\"uri_too_long\"");
  }

  @Test
  void endlessHeadCostsNoMoreThanItsFirst8Kib() throws IOException {
    assertThat(answerTo("GET /health HTTP/1.1\r\nX: " + "x".repeat(50_000_000)))
        .containsAnyOf("431", "refused while it was said: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /health\r\n\r\n",
        "GET /health HTTP/0.9\r\n\r\n",
        "GET /health HTTP/1.1\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\n Folded: yes\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: a\r\nX\u0000: y\r\n\r\n",
        "POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n1",
        "POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n1",
        "POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
        "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\r\n\r\n",
        "hello, is anybody there?\r\n\r\n"
      })
  void whatIsNoRequestIsRefusedAndClosed(String bytes) throws IOException {
    assertThat(answerTo(bytes)).matches("(?s)HTTP/1.1 (400|426|505) .*|");
  }

  @Test
  void garbageBehindARequestIsRefusedAndTheRequestAnswered() throws IOException {
    assertThat(answerTo(RawCaller.request("GET /health HTTP/1.1") + "\u0001\u0002garbage\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .contains("alive")
        .contains("HTTP/1.1 400 ");
  }

  @Test
  void manyRequestsInOneBreathAreAnsweredInTurn() throws IOException {
    String one = RawCaller.request("GET /health HTTP/1.1");
    String last = RawCaller.request("GET /health HTTP/1.1", "Connection: close");
    assertThat(answerTo(one.repeat(999) + last).split("alive\n", -1)).hasSize(1_001);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7fffffff", "ffffffffffffffff", "-1", "g", "1 1", "0x1"})
  void chunkThatLiesAboutItsSizeIsRefused(String size) throws IOException {
    assertThat(
            answerTo(
                RawCaller.request(POST, "Transfer-Encoding: chunked") + size + "\r\n" + "[{}]\r\n"))
        .matches("(?s)HTTP/1.1 (400|408|413) .*");
  }

  @Test
  void chunksWithoutEndAreRefused() throws IOException {
    try (var caller = new RawCaller(server.port())) {
      caller.say(
          RawCaller.request(POST, "Transfer-Encoding: chunked")
              + "1000\r\n%s\r\n".formatted(" ".repeat(4_096)).repeat(1_100)
              + "0\r\n\r\n");
      assertThat(caller.answer()).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void trailersAreBoundedToo() throws IOException {
    assertThat(
            answerTo(
                RawCaller.request(POST, "Transfer-Encoding: chunked")
                    + "4\r\n[{}]\r\n0\r\n"
                    + numbered(10_000, "X-", ": 1\r\n")
                    + "\r\n"))
        .matches("(?s)HTTP/1.1 (400|431) .*");
  }
}
