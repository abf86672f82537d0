package dev.trackside.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a connection ends, and that nothing of it stays. */
class ClosingTest {
  @ParameterizedTest
  @ValueSource(
      ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4999})
  void goodClosingCodesComeBack(int code) throws Exception {
    try (var server = new EchoServer(TestLimits.PATIENT);
        RawClient client = RawClient.open(server)) {
      client.send(Wire.close(code, "so long"));

      assertThat(client.read().code()).isEqualTo(code);
      assertThat(client.isAtEnd()).isTrue();
      client.hangUp();
      assertNothingLeft(server);
    }
  }

  @Test
  void closeWithoutCodeIsAnsweredWithoutCode() throws Exception {
    try (var server = new EchoServer(TestLimits.PATIENT);
        RawClient client = RawClient.open(server)) {
      client.send(Wire.frame(Wire.CLOSE, ""));

      assertThat(client.expect(Frames.CLOSE).payload()).isEmpty();
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535})
  void badClosingCodeIsAnsweredWith1002(int code) throws Exception {
    assertAnswer(Wire.close(code), 1002);
  }

  @Test
  void closeFrameOfOneByteIsAnsweredWith1002() throws Exception {
    assertAnswer(Wire.frame(Wire.CLOSE, Wire.bytes(3)), 1002);
  }

  @Test
  void closingReasonThatIsNotUtf8IsAnsweredWith1007() throws Exception {
    assertAnswer(Wire.frame(Wire.CLOSE, Wire.bytes(1000 >> 8, 1000, 0xC3, 0x28)), 1007);
  }

  private static void assertAnswer(byte[] close, int code) throws Exception {
    try (var server = new EchoServer(TestLimits.PATIENT);
        RawClient client = RawClient.open(server)) {
      client.send(close);

      assertThat(client.read().code()).isEqualTo(code);
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void whatFollowsACloseFrameIsIgnored() throws Exception {
    try (var server = new EchoServer(TestLimits.PATIENT);
        RawClient client = RawClient.open(server)) {
      client.send(
          Wire.text("heard"),
          Wire.close(1000),
          Wire.text("unheard"),
          Wire.frame(Wire.PING, "unheard"),
          Wire.close(4000));
      client.send(Wire.unmasked(Wire.FINAL_TEXT, "nonsense"));

      assertThat(client.readText()).isEqualTo("heard");
      assertThat(client.read().code()).isEqualTo(1000);
      assertThat(client.isAtEnd()).isTrue();
      client.hangUp();
      assertThat(assertNothingLeft(server).texts).containsExactly("heard");
    }
  }

  @Test
  void clientThatAnswersOurCloseSeesTheEnd() throws Exception {
    try (var server = new EchoServer(TestLimits.PATIENT);
        RawClient client = RawClient.open(server)) {
      server.next().socket.close(4401, "this id needs a key");

      RawClient.Frame close = client.expect(Frames.CLOSE);
      assertThat(close.code()).isEqualTo(4401);
      assertThat(close.reason()).isEqualTo("this id needs a key");

      client.send(Wire.close(4401));
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void firstWordOfTwoCounts() throws Exception {
    try (var server = new EchoServer(TestLimits.PATIENT);
        RawClient client = RawClient.open(server)) {
      Recorder recorder = server.next();
      recorder.socket.close(1001, "first");
      recorder.socket.close(1008, "second");
      recorder.say("too late");

      assertThat(client.read().reason()).isEqualTo("first");
      client.send(Wire.close(1001));
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void longReasonIsCutBetweenLetters() throws Exception {
    try (var server = new EchoServer(TestLimits.PATIENT);
        RawClient client = RawClient.open(server)) {
      server.next().socket.close(1001, "é".repeat(100));

      assertThat(client.expect(Frames.CLOSE).reason()).isEqualTo("é".repeat(61));
    }
  }

  @Test
  void codeArrivesThoughTheClientGoesOnSending() throws Exception {
    try (var server = new EchoServer(TestLimits.linger(TestLimits.LONG, 1 << 20));
        RawClient client = RawClient.open(server)) {
      client.send(Wire.frame(Wire.BINARY, "x"), new byte[512 * 1024]);

      assertThat(client.read().code()).isEqualTo(1003);
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void clientThatGoesOnSendingAfterOurCloseIsCutOff() throws Exception {
    try (var server = new EchoServer(TestLimits.linger(TestLimits.LONG, 100_000));
        RawClient client = RawClient.open(server)) {
      Recorder recorder = server.next();
      recorder.socket.close(1001, "enough");
      client.expect(Frames.CLOSE);
      client.sendUntilRefused(Wire.text("x".repeat(4000)));

      recorder.awaitEnd();
      assertThat(recorder.texts).isEmpty();
      server.awaitNoTimers();
    }
  }

  @Test
  void clientThatNeverAnswersOurCloseIsCutOff() throws Exception {
    try (var server = new EchoServer(TestLimits.linger(TestLimits.SHORT, 1 << 20));
        RawClient client = RawClient.open(server)) {
      server.next().socket.close(1001, "going away");

      assertThat(client.read().code()).isEqualTo(1001);
      assertThat(client.isAtEnd()).isTrue();
      server.awaitNoTimers();
    }
  }

  @Test
  void clientThatNeverEndsAfterTheHandshakeIsCutOff() throws Exception {
    try (var server = new EchoServer(TestLimits.linger(TestLimits.SHORT, 1 << 20));
        RawClient client = RawClient.open(server)) {
      client.send(Wire.close(1000));

      assertNothingLeft(server);
    }
  }

  @Test
  void halfClosedConnectionEnds() throws Exception {
    try (var server = new EchoServer(TestLimits.PATIENT);
        RawClient client = RawClient.open(server)) {
      client.send(Wire.text("hi"));
      client.readText();
      client.socket.shutdownOutput();

      assertThat(client.readToAbort()).isTrue();
      assertNothingLeft(server);
    }
  }

  @Test
  void resetLeavesNothingBehind() throws Exception {
    try (var server = new EchoServer(TestLimits.PATIENT);
        RawClient client = RawClient.open(server)) {
      client.send(Wire.text("hi"));
      client.readText();
      client.reset();

      assertNothingLeft(server);
    }
  }

  @Test
  void resetInTheMiddleOfAMessageLeavesNothingBehind() throws Exception {
    try (var server = new EchoServer(TestLimits.PATIENT);
        RawClient client = RawClient.open(server)) {
      client.send(Wire.text("hi"), Wire.frame(Wire.TEXT, "half"), Wire.bytes(0x80));
      client.readText();
      client.reset();

      assertNothingLeft(server);
    }
  }

  @Test
  void resetWhileAWriteIsUnderWayLeavesNothingBehind() throws Exception {
    try (var server = new EchoServer(TestLimits.PATIENT);
        RawClient client = RawClient.open(server)) {
      Recorder recorder = server.next();
      while (!recorder.waits()) {
        recorder.say("x".repeat(60_000));
      }
      client.reset();

      recorder.awaitEnd();
      server.awaitNoTimers();
      assertThat(recorder.endings).hasValue(1);
    }
  }

  @Test
  void closingWhileAWriteIsUnderWayWaitsForIt() throws Exception {
    try (var server = new EchoServer(TestLimits.linger(Duration.ofSeconds(20), 1 << 20));
        RawClient client = RawClient.open(server)) {
      Recorder recorder = server.next();
      int said = 0;
      while (!recorder.waits()) {
        recorder.say("x".repeat(60_000));
        said++;
      }
      recorder.socket.close(1001, "going away");

      for (int i = 0; i < said; i++) {
        assertThat(client.readText()).hasSize(60_000);
      }
      assertThat(client.read().code()).isEqualTo(1001);
    }
  }

  /** Returns what stood behind the connection. */
  private static Recorder assertNothingLeft(EchoServer server) throws InterruptedException {
    Recorder recorder = server.next();
    recorder.awaitEnd();
    server.awaitNoTimers();
    assertThat(recorder.endings).hasValue(1);
    return recorder;
  }
}
