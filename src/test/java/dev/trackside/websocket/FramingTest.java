package dev.trackside.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.trackside.websocket.Wire.Length;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of RFC 6455, section 5, over a real connection. */
class FramingTest {
  private static final byte[] BAD_UTF8 = Wire.bytes('o', 'k', 0xC3, 0x28);
  private static final String GOOD_UTF8 = "Grüße, 東京 🏃‍♀️";

  private final EchoServer server;
  private final RawClient client;

  FramingTest() throws Exception {
    server = new EchoServer(TestLimits.PATIENT);
    client = RawClient.open(server);
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    server.close();
  }

  @Test
  void fragmentsMayHaveControlFramesBetweenThem() throws Exception {
    client.send(
        Wire.frame(Wire.TEXT, "one "),
        Wire.frame(Wire.PING, "p"),
        Wire.frame(Wire.CONTINUATION, "two "),
        Wire.frame(Wire.PONG, "unasked"),
        Wire.frame(Wire.CONTINUATION, ""),
        Wire.frame(Wire.FINAL_CONTINUATION, "three"));

    assertThat(client.expect(Frames.PONG).text()).isEqualTo("p");
    assertThat(client.readText()).isEqualTo("one two three");
  }

  @Test
  void senderOfOneByteAtATimeIsUnderstood() throws Exception {
    client.sendOneByOne(Wire.text(GOOD_UTF8));
    client.sendOneByOne(
        Wire.join(
            Wire.frame(Wire.TEXT, "a"),
            Wire.frame(Wire.PING, ""),
            Wire.frame(Wire.FINAL_CONTINUATION, "b")));

    assertThat(client.readText()).isEqualTo(GOOD_UTF8);
    client.expect(Frames.PONG);
    assertThat(client.readText()).isEqualTo("ab");
  }

  @Test
  void lettersOfSeveralBytesMayBeSplitAcrossFragments() throws Exception {
    byte[] text = Wire.utf8(GOOD_UTF8);
    client.send(Wire.frame(Wire.TEXT, new byte[0]));
    for (byte one : text) {
      client.send(Wire.frame(Wire.CONTINUATION, new byte[] {one}));
    }
    client.send(Wire.frame(Wire.FINAL_CONTINUATION, new byte[0]));

    assertThat(client.readText()).isEqualTo(GOOD_UTF8);
  }

  @Test
  void manyMessagesMayComeInOneSegment() throws Exception {
    client.send(Wire.times(3_000, Wire.text("🏃 berlin/1042")), Wire.text("end"));

    for (int i = 0; i < 3_000; i++) {
      assertThat(client.readText()).isEqualTo("🏃 berlin/1042");
    }
    assertThat(client.readText()).isEqualTo("end");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 127, 4095, 4096})
  void messagesOfEveryKindOfLengthComeBack(int length) throws Exception {
    client.send(Wire.text("x".repeat(length)));

    assertThat(client.readText()).hasSize(length);
  }

  @Test
  void payloadOfAPingComesBack() throws Exception {
    client.send(Wire.frame(Wire.PING, "p".repeat(125)), Wire.frame(Wire.PING, new byte[] {0, -1}));

    assertThat(client.expect(Frames.PONG).text()).isEqualTo("p".repeat(125));
    assertThat(client.expect(Frames.PONG).payload()).containsExactly(0, -1);
  }

  @Test
  void pongThatNobodyAskedForIsIgnored() throws Exception {
    client.send(Wire.frame(Wire.PONG, "hello"), Wire.text("next"));

    assertThat(client.readText()).isEqualTo("next");
  }

  @ParameterizedTest
  @MethodSource
  void brokenRuleEndsTheConnection(int code, byte[] bytes) throws Exception {
    client.send(Wire.text("before"), bytes);

    assertThat(client.readText()).isEqualTo("before");
    assertThat(client.read().code()).isEqualTo(code);
    assertThat(client.isAtEnd()).isTrue();
    client.hangUp();
    Recorder recorder = server.next();
    recorder.awaitEnd();
    assertThat(recorder.texts).containsExactly("before");
    server.awaitNoTimers();
  }

  static Stream<Arguments> brokenRuleEndsTheConnection() {
    byte[] nothing = {};
    var long126 = "x".repeat(126);
    return Stream.of(
        argumentSet("unmasked text", 1002, Wire.unmasked(Wire.FINAL_TEXT, "hi")),
        argumentSet("unmasked ping", 1002, Wire.unmasked(Wire.PING, "")),
        argumentSet("first reserved bit", 1002, Wire.frame(Wire.FINAL_TEXT | 0x40, "hi")),
        argumentSet("second reserved bit", 1002, Wire.frame(Wire.FINAL_TEXT | 0x20, "hi")),
        argumentSet("third reserved bit", 1002, Wire.frame(Wire.FINAL_TEXT | 0x10, "hi")),
        argumentSet("reserved bit of a ping", 1002, Wire.frame(Wire.PING | 0x40, "")),
        argumentSet("fragmented ping", 1002, Wire.frame(Wire.PING & 0xF, "")),
        argumentSet("fragmented pong", 1002, Wire.frame(Wire.PONG & 0xF, "")),
        argumentSet("fragmented close", 1002, Wire.frame(Wire.CLOSE & 0xF, "")),
        argumentSet("long ping", 1002, Wire.frame(Wire.PING, long126)),
        argumentSet("long pong", 1002, Wire.frame(Wire.PONG, long126)),
        argumentSet("long close", 1002, Wire.frame(Wire.CLOSE, long126)),
        argumentSet("long ping's header", 1002, Wire.header(Wire.PING, Length.LONG, 1L << 40)),
        argumentSet("nothing to continue", 1002, Wire.frame(Wire.FINAL_CONTINUATION, "hi")),
        argumentSet(
            "text within a message",
            1002,
            Wire.join(Wire.frame(Wire.TEXT, "a"), Wire.frame(Wire.FINAL_TEXT, "b"))),
        argumentSet("125 bytes in 16 bits", 1002, Wire.header(Wire.FINAL_TEXT, Length.MIDDLE, 125)),
        argumentSet("0 bytes in 16 bits", 1002, Wire.header(Wire.FINAL_TEXT, Length.MIDDLE, 0)),
        argumentSet("0 bytes in 64 bits", 1002, Wire.header(Wire.FINAL_TEXT, Length.LONG, 0)),
        argumentSet("65535 in 64 bits", 1002, Wire.header(Wire.FINAL_TEXT, Length.LONG, 0xFFFF)),
        argumentSet("negative", 1002, Wire.header(Wire.FINAL_TEXT, Length.LONG, Long.MIN_VALUE)),
        argumentSet("minus one", 1002, Wire.header(Wire.FINAL_TEXT, Length.LONG, -1)),
        argumentSet("2^62 bytes", 1009, Wire.header(Wire.FINAL_TEXT, Length.LONG, 1L << 62)),
        argumentSet("2^32 bytes", 1009, Wire.header(Wire.FINAL_TEXT, Length.LONG, 1L << 32)),
        argumentSet("one byte too many", 1009, Wire.header(Wire.FINAL_TEXT, Length.MIDDLE, 4097)),
        argumentSet(
            "one byte too many in two fragments",
            1009,
            Wire.join(
                Wire.frame(Wire.TEXT, "x".repeat(4096)),
                Wire.header(Wire.FINAL_CONTINUATION, Length.SHORT, 1))),
        argumentSet("binary", 1003, Wire.frame(Wire.BINARY, "hi")),
        argumentSet("fragmented binary", 1003, Wire.frame(Wire.BINARY & 0xF, "hi")),
        argumentSet("bad UTF-8", 1007, Wire.frame(Wire.FINAL_TEXT, BAD_UTF8)),
        argumentSet(
            "surrogate in UTF-8", 1007, Wire.frame(Wire.FINAL_TEXT, Wire.bytes(0xED, 0xA0, 0x80))),
        argumentSet("overlong UTF-8", 1007, Wire.frame(Wire.FINAL_TEXT, Wire.bytes(0xC0, 0xAF))),
        argumentSet(
            "above U+10FFFF",
            1007,
            Wire.frame(Wire.FINAL_TEXT, Wire.bytes(0xF4, 0x90, 0x80, 0x80))),
        argumentSet(
            "UTF-8 cut off",
            1007,
            Wire.frame(Wire.FINAL_TEXT, Wire.join(Wire.utf8("x".repeat(20)), Wire.bytes(0xE2)))),
        argumentSet(
            "bad UTF-8 split across fragments",
            1007,
            Wire.join(
                Wire.frame(Wire.TEXT, Wire.bytes('o', 'k', 0xC3)),
                Wire.frame(Wire.FINAL_CONTINUATION, Wire.bytes(0x28)))),
        argumentSet(
            "bad UTF-8 in the first fragment only",
            1007,
            Wire.join(
                Wire.frame(Wire.TEXT, BAD_UTF8),
                Wire.frame(Wire.CONTINUATION, nothing),
                Wire.frame(Wire.FINAL_CONTINUATION, "fine"))));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
  void reservedOpcodeEndsTheConnection(int opcode) throws Exception {
    client.send(Wire.frame(0x80 | opcode, ""));

    assertThat(client.read().code()).isEqualTo(1002);
  }

  @ParameterizedTest
  @MethodSource
  void floodEndsTheConnection(byte[] start, byte[] frame) throws Exception {
    client.send(start, Wire.times(100, frame));
    client.send(Wire.frame(Wire.PING, "one too many"));

    RawClient.Frame close = client.readClose();

    assertThat(close.code()).isEqualTo(1008);
    assertThat(close.reason()).contains("100", "a second");
  }

  static Stream<Arguments> floodEndsTheConnection() {
    byte[] nothing = {};
    return Stream.of(
        argumentSet("pings", nothing, Wire.frame(Wire.PING, "")),
        argumentSet("pongs", nothing, Wire.frame(Wire.PONG, "x")),
        argumentSet("empty texts", nothing, Wire.text("")),
        argumentSet(
            "empty continuations",
            Wire.frame(Wire.TEXT, "x"),
            Wire.frame(Wire.CONTINUATION, nothing)),
        argumentSet(
            "continuations", Wire.frame(Wire.TEXT, "x"), Wire.frame(Wire.CONTINUATION, "x")));
  }

  @Test
  void hundredControlFramesASecondAreNoFlood() throws Exception {
    client.send(Wire.times(100, Wire.frame(Wire.PONG, "")), Wire.text("still here"));

    assertThat(client.readText()).isEqualTo("still here");
  }
}
