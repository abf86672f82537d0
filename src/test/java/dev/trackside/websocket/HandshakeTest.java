package dev.trackside.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class HandshakeTest {
  private static final String HOST = "Host: 127.0.0.1";
  private static final String UPGRADE = "Upgrade: websocket";
  private static final String CONNECTION = "Connection: Upgrade";
  private static final String KEY = "Sec-WebSocket-Key: " + RawClient.SAMPLE_KEY;
  private static final String VERSION = "Sec-WebSocket-Version: 13";

  private final EchoServer server;

  HandshakeTest() throws Exception {
    server = new EchoServer(TestLimits.PATIENT);
  }

  @AfterAll
  void close() throws Exception {
    server.close();
  }

  @Test
  void sampleKeyOfTheStandardGivesItsAcceptValue() throws IOException {
    assertThat(answerTo("GET /ws HTTP/1.1", HOST, UPGRADE, CONNECTION, KEY, VERSION))
        .startsWith("HTTP/1.1 101 ")
        .contains("\r\nsec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=\r\n")
        .contains("\r\nupgrade: websocket\r\n", "\r\nconnection: upgrade\r\n")
        .doesNotContain("sec-websocket-extensions", "sec-websocket-protocol");
  }

  @Test
  void acceptValueKeepsItsCase() throws IOException {
    try (RawClient client = RawClient.dial(server)) {
      client.send(client.handshake());

      assertThat(client.readHead()).contains(" s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws", "/ws/", "/ws?from=page", "/ws/?key=secret"})
  void pathOfTheDoorOpens(String path) throws IOException {
    assertThat(answerTo("GET " + path + " HTTP/1.1", HOST, UPGRADE, CONNECTION, KEY, VERSION))
        .startsWith("HTTP/1.1 101 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/wss", "/ws/ws", "/WS", "/w"})
  void otherPathIsNotThere(String path) throws IOException {
    assertThat(answerTo("GET " + path + " HTTP/1.1", HOST, UPGRADE, CONNECTION, KEY, VERSION))
        .startsWith("HTTP/1.1 404 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: upgrade",
        "connection: UPGRADE",
        "Connection: keep-alive, Upgrade",
        "Connection: Upgrade,keep-alive",
        "Connection: keep-alive\r\nConnection: Upgrade"
      })
  void connectionHeaderIsTakenInAllItsForms(String connection) throws IOException {
    assertThat(answerTo("GET /ws HTTP/1.1", HOST, UPGRADE, connection, KEY, VERSION))
        .startsWith("HTTP/1.1 101 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"upgrade: WebSocket", "UPGRADE: WEBSOCKET", "Upgrade: h2c, websocket"})
  void upgradeHeaderIsTakenInAllItsForms(String upgrade) throws IOException {
    assertThat(answerTo("GET /ws HTTP/1.1", HOST, upgrade, CONNECTION, KEY, VERSION))
        .startsWith("HTTP/1.1 101 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "HEAD"})
  void requestThatIsNoUpgradeIsToldSo(String method) throws IOException {
    assertThat(answerTo(method + " /ws HTTP/1.1", HOST, "Content-Length: 0"))
        .startsWith("HTTP/1.1 426 ")
        .contains("\r\nupgrade: websocket\r\n");
  }

  @Test
  void postWithEveryHeaderIsNoUpgrade() throws IOException {
    assertThat(
            answerTo(
                "POST /ws HTTP/1.1", HOST, "Content-Length: 0", UPGRADE, CONNECTION, KEY, VERSION))
        .startsWith("HTTP/1.1 426 ")
        .contains("\r\nupgrade: websocket\r\n");
  }

  @Test
  void oldHttpCannotUpgrade() throws IOException {
    assertThat(answerTo("GET /ws HTTP/1.0", HOST, UPGRADE, CONNECTION, KEY, VERSION))
        .startsWith("HTTP/1.1 426 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12", "8", "14", "013", "", "thirteen"})
  void otherVersionIsRefused(String version) throws IOException {
    assertThat(
            answerTo(
                "GET /ws HTTP/1.1",
                HOST,
                UPGRADE,
                CONNECTION,
                KEY,
                "Sec-WebSocket-Version: " + version))
        .startsWith("HTTP/1.1 426 ")
        .contains("\r\nsec-websocket-version: 13\r\n", "\r\nupgrade: websocket\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c2hvcnQ=",
        "AAAAAAAAAAAAAAAAAAAAAAA=",
        "not base64 at all!!!!!!=",
        "dGhlIHNhbXBsZSBub25jZ?=="
      })
  void keyThatIsNoKeyIsRefused(String key) throws IOException {
    assertThat(
            answerTo(
                "GET /ws HTTP/1.1",
                HOST,
                UPGRADE,
                CONNECTION,
                "Sec-WebSocket-Key: " + key,
                VERSION))
        .startsWith("HTTP/1.1 400 ");
  }

  @Test
  void missingKeyIsRefused() throws IOException {
    assertThat(answerTo("GET /ws HTTP/1.1", HOST, UPGRADE, CONNECTION, VERSION))
        .startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://elsewhere.example", "null"})
  void pageOfAForeignOriginIsRefused(String origin) throws IOException {
    assertThat(
            answerTo(
                "GET /ws HTTP/1.1", HOST, "Origin: " + origin, UPGRADE, CONNECTION, KEY, VERSION))
        .startsWith("HTTP/1.1 403 ");
  }

  @Test
  void pageOfAFriendlyOriginIsTaken() throws IOException {
    assertThat(
            answerTo(
                "GET /ws HTTP/1.1",
                HOST,
                "Origin: " + EchoServer.FRIENDLY_ORIGIN,
                UPGRADE,
                CONNECTION,
                KEY,
                VERSION))
        .startsWith("HTTP/1.1 101 ");
  }

  @Test
  void otherExtensionsAndProtocolsOnOfferAreNotTaken() throws IOException {
    assertThat(
            answerTo(
                "GET /ws HTTP/1.1",
                HOST,
                UPGRADE,
                CONNECTION,
                KEY,
                VERSION,
                "Sec-WebSocket-Extensions: x-webkit-deflate-frame",
                "Sec-WebSocket-Protocol: chat"))
        .startsWith("HTTP/1.1 101 ")
        .doesNotContain("sec-websocket-extensions", "sec-websocket-protocol");
  }

  @Test
  void messagesInTheSameSegmentAsTheHandshakeAreHeard() throws Exception {
    try (var early = new EchoServer(TestLimits.PATIENT);
        RawClient client = RawClient.dial(early)) {
      byte[] last = Wire.text("three");
      client.send(client.handshake(), Wire.text("one"), Wire.text("two"), Wire.bytes(last[0]));

      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(List.of(client.readText(), client.readText())).containsExactly("one", "two");

      client.send(Arrays.copyOfRange(last, 1, last.length));
      assertThat(client.readText()).isEqualTo("three");
    }
  }

  @Test
  void refusedClientMayTryAgainOnTheSameConnection() throws IOException {
    try (RawClient client = RawClient.dial(server)) {
      client.send(RawClient.request("GET /ws HTTP/1.1", HOST, "Content-Length: 0"));
      String refusal = client.readHead();
      assertThat(refusal).startsWith("HTTP/1.1 426 ");
      client.skipBody(refusal);

      client.send(client.handshake());

      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
    }
  }

  /** The head of the answer, its header names and values in lower case. */
  private String answerTo(String... lines) throws IOException {
    try (RawClient client = RawClient.dial(server)) {
      client.send(RawClient.request(lines));
      String head = client.readHead();
      int headers = head.indexOf("\r\n");
      return head.substring(0, headers) + head.substring(headers).toLowerCase(Locale.ROOT);
    }
  }
}
