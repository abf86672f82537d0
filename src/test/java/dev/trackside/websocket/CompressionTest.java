package dev.trackside.websocket;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ServerHandshake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of RFC 7692, over a real connection. */
class CompressionTest {
  private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";
  private static final int FINAL_DEFLATED_TEXT = Wire.FINAL_TEXT | 0x40;
  private static final String LONG = "berlin/1042 at km 21, ".repeat(40);

  private final EchoServer server = new EchoServer(TestLimits.PATIENT);

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "refused",
      textBlock =
          """
          permessage-deflate | ''
          permessage-deflate; client_max_window_bits | ''
          permessage-deflate;client_max_window_bits=10; server_no_context_takeover | ''
          Permessage-Deflate; server_max_window_bits="15" | ; server_max_window_bits=15
          permessage-deflate; server_max_window_bits=10, permessage-deflate | ''
          x-webkit-deflate-frame, permessage-deflate; client_no_context_takeover | ''
          permessage-deflate; server_max_window_bits=10 | refused
          permessage-deflate; server_max_window_bits | refused
          permessage-deflate; client_max_window_bits=16 | refused
          permessage-deflate; client_max_window_bits=007 | refused
          permessage-deflate; server_no_context_takeover=1 | refused
          permessage-deflate; client_no_context_takeover; client_no_context_takeover | refused
          permessage-deflate; mux=1 | refused
          x-webkit-deflate-frame | refused
          ; ,,= | refused
          """)
  void offersAreMetOrLeft(String offer, String more) throws Exception {
    String agreed =
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover" + more;
    try (var client = RawClient.open(server, "Sec-WebSocket-Extensions: " + offer)) {
      assertThat(client.answer.lines().filter(line -> line.contains("Extensions")).toList())
          .isEqualTo(more == null ? List.of() : List.of("Sec-WebSocket-Extensions: " + agreed));
      client.send(Wire.text(LONG));
      RawClient.Frame frame = client.expect(Frames.TEXT);
      assertThat(frame.deflated()).isEqualTo(more != null);
      assertThat(more == null ? frame.text() : inflated(frame)).isEqualTo(LONG);
    }
  }

  @Test
  void offersInHeadersOfTheirOwnCountToo() throws Exception {
    try (var client =
        RawClient.open(server, "Sec-WebSocket-Extensions: x-webkit-deflate-frame", OFFER)) {
      assertThat(client.answer).contains("permessage-deflate;");
    }
  }

  @Test
  void everyMessageIsCompressedByItself() throws Exception {
    try (var client = RawClient.open(server, OFFER)) {
      for (int i = 0; i < 3; i++) {
        client.send(Wire.text(LONG + i));
        RawClient.Frame frame = client.expect(Frames.TEXT);
        assertThat(frame.payload().length).isLessThan(100);
        assertThat(inflated(frame)).isEqualTo(LONG + i);
      }
    }
  }

  @Test
  void shortMessagesStayPlain() throws Exception {
    try (var client = RawClient.open(server, OFFER)) {
      client.send(Wire.text("a".repeat(255)), Wire.text("a".repeat(256)));
      assertThat(client.expect(Frames.TEXT).deflated()).isFalse();
      assertThat(client.expect(Frames.TEXT).deflated()).isTrue();
    }
  }

  @Test
  void whatClientsCompressIsUnderstoodHoweverItIsCut() throws Exception {
    try (var client = RawClient.open(server, OFFER)) {
      for (int level : new int[] {0, 1, 9}) {
        byte[] small = deflated(LONG, level);
        client.send(Wire.frame(FINAL_DEFLATED_TEXT, small));
        assertThat(inflated(client.expect(Frames.TEXT))).isEqualTo(LONG);
        int half = small.length / 2;
        client.send(
            Wire.frame(Wire.TEXT | 0x40, Arrays.copyOf(small, half)),
            Wire.frame(Wire.PING, "between"),
            Wire.frame(Wire.CONTINUATION, new byte[0]),
            Wire.frame(Wire.FINAL_CONTINUATION, Arrays.copyOfRange(small, half, small.length)),
            Wire.text("plain"));
        client.expect(Frames.PONG);
        assertThat(inflated(client.expect(Frames.TEXT))).isEqualTo(LONG);
        assertThat(client.readText()).isEqualTo("plain");
      }
    }
  }

  @Test
  void lastBlockMayBeMarkedAsSuch() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(bytes, new Deflater(9, true))) {
      out.write(Wire.utf8("hello"));
    }
    try (var client = RawClient.open(server, OFFER)) {
      client.send(Wire.frame(FINAL_DEFLATED_TEXT, Wire.join(bytes.toByteArray(), new byte[1])));
      assertThat(client.readText()).isEqualTo("hello");
    }
  }

  @Test
  void whatIsSmallOnTheWireMayNotBecomeLarge() throws Exception {
    byte[] bomb = deflated("0".repeat(2_000_000), 9);
    assertThat(bomb.length).isLessThan(TestLimits.PATIENT.messageBytes());
    try (var client = RawClient.open(server, OFFER)) {
      int most = TestLimits.PATIENT.messageBytes();
      client.send(Wire.frame(FINAL_DEFLATED_TEXT, deflated("0".repeat(most), 9)));
      assertThat(inflated(client.expect(Frames.TEXT))).hasSize(most);
      client.send(Wire.frame(FINAL_DEFLATED_TEXT, bomb));
      RawClient.Frame close = client.readClose();
      assertThat(close.code()).isEqualTo(CloseCode.TOO_LARGE);
      assertThat(close.reason()).isEqualTo("a message has at most " + most + " bytes");
    }
  }

  @Test
  void whatBecomesOneByteTooMuchIsTooLarge() throws Exception {
    try (var client = RawClient.open(server, OFFER)) {
      String text = "0".repeat(TestLimits.PATIENT.messageBytes() + 1);
      client.send(Wire.frame(FINAL_DEFLATED_TEXT, deflated(text, 9)));
      assertThat(client.readClose().code()).isEqualTo(CloseCode.TOO_LARGE);
    }
  }

  @Test
  void blocksBehindALastOneBelongToTheMessage() throws Exception {
    try (var client = RawClient.open(server, OFFER)) {
      byte[] annaAndA = Wire.bytes(0x4B, 0xCC, 0xCB, 0x4B, 0x04, 0x00, 0x4B, 0x04, 0x00, 0x00);
      client.send(Wire.frame(FINAL_DEFLATED_TEXT, annaAndA));
      assertThat(client.readText()).isEqualTo("annaa");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "07ffff", // no such kind of block
        "4bcccb4b0400deadbeef", // something else behind the last block
        "4acccb4b04", // a block without an end
        "4acc", // half of one
        "" // not even an empty block
      })
  void whatIsNotCompressedDataEndsTheConnection(String payload) throws Exception {
    try (var client = RawClient.open(server, OFFER)) {
      client.send(Wire.frame(FINAL_DEFLATED_TEXT, HexFormat.of().parseHex(payload)));
      RawClient.Frame close = client.readClose();
      assertThat(close.code()).isEqualTo(CloseCode.BAD_TEXT);
      assertThat(close.reason()).isEqualTo("a compressed message must be raw deflate data");
    }
  }

  @Test
  void whatIsNotUtf8WhenExpandedEndsTheConnection() throws Exception {
    try (var client = RawClient.open(server, OFFER)) {
      client.send(Wire.frame(FINAL_DEFLATED_TEXT, deflated(Wire.bytes('o', 0xC3, 0x28), 9)));
      assertThat(client.readClose().code()).isEqualTo(CloseCode.BAD_TEXT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Wire.PING | 0x40, Wire.CLOSE | 0x40, Wire.FINAL_TEXT | 0x20})
  void nothingButMessagesIsCompressed(int first) throws Exception {
    try (var client = RawClient.open(server, OFFER)) {
      client.send(Wire.frame(first, new byte[0]));
      assertThat(client.readClose().code()).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }
  }

  @Test
  void onlyTheFirstFrameOfAMessageSaysSo() throws Exception {
    try (var client = RawClient.open(server, OFFER)) {
      client.send(
          Wire.frame(Wire.TEXT | 0x40, new byte[0]),
          Wire.frame(Wire.FINAL_CONTINUATION | 0x40, new byte[0]));
      assertThat(client.readClose().code()).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }
  }

  @Test
  void clientOfJavaWebSocketCompressesAndExpands() throws Exception {
    var texts = new LinkedBlockingQueue<String>();
    var deflate = new PerMessageDeflateExtension();
    deflate.setThreshold(0);
    var client =
        new WebSocketClient(server.uri(), new Draft_6455(deflate)) {
          @Override
          public void onOpen(ServerHandshake handshake) {}

          @Override
          public void onMessage(String message) {
            texts.add(message);
          }

          @Override
          public void onClose(int code, String reason, boolean remote) {}

          @Override
          public void onError(Exception failure) {
            texts.add(failure.toString());
          }
        };
    assertThat(client.connectBlocking(30, SECONDS)).isTrue();
    for (String text : Samples.TEXTS) {
      client.send(text);
      assertThat(texts.poll(30, SECONDS)).isEqualTo(text);
    }
    client.send(LONG);
    assertThat(texts.poll(30, SECONDS)).isEqualTo(LONG);
    client.closeBlocking();
  }

  private static byte[] deflated(String text, int level) {
    return deflated(Wire.utf8(text), level);
  }

  private static byte[] deflated(byte[] text, int level) {
    var deflater = new Deflater(level, true);
    deflater.setInput(text);
    byte[] room = new byte[text.length + 100];
    int length = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(room, length - 4);
  }

  private static String inflated(RawClient.Frame frame) throws Exception {
    var inflater = new Inflater(true);
    inflater.setInput(Wire.join(frame.payload(), Wire.bytes(0, 0, 0xFF, 0xFF)));
    byte[] room = new byte[100_000];
    int length = inflater.inflate(room);
    inflater.end();
    return new String(room, 0, length, java.nio.charset.StandardCharsets.UTF_8);
  }
}
