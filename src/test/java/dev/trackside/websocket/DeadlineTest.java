package dev.trackside.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that are silent, slow, or do not read. */
class DeadlineTest {
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  /** More pings than come in half a second. */
  private static final int MANY_TICKS = 40;

  @Test
  void silentClientIsPingedAndThenClosed() throws Exception {
    try (var server = new EchoServer(TestLimits.silence(TestLimits.SHORT));
        RawClient client = RawClient.open(server)) {
      client.expect(Frames.PING);
      RawClient.Frame close = client.readClose();

      assertThat(close.code()).isEqualTo(1001);
      assertThat(close.reason()).isEqualTo("nothing heard for 0.15 s");
      client.hangUp();
      server.next().awaitEnd();
      server.awaitNoTimers();
    }
  }

  @Test
  void silentClientIsNotPingedMoreOftenTowardsItsEnd() throws Exception {
    try (var server = new EchoServer(TestLimits.heartbeat(Duration.ofMillis(400), HALF_A_SECOND));
        RawClient client = RawClient.open(server)) {
      int pings = 0;
      while (client.read().opcode() == Frames.PING) {
        pings++;
      }

      assertThat(pings).isLessThan(2);
    }
  }

  @Test
  void clientThatAnswersPingsStays() throws Exception {
    try (var server = new EchoServer(TestLimits.silence(HALF_A_SECOND));
        RawClient client = RawClient.open(server)) {
      for (int i = 0; i < MANY_TICKS; i++) {
        client.send(Wire.frame(Wire.PONG, client.expect(Frames.PING).payload()));
      }
      client.send(Wire.text("still here"));

      assertThat(client.readPastPings().text()).isEqualTo("still here");
    }
  }

  @Test
  void clientThatNeverReadsIsCutOff() throws Exception {
    try (var server = new EchoServer(TestLimits.write(TestLimits.SHORT));
        RawClient client = RawClient.open(server)) {
      Recorder recorder = server.next();
      while (!recorder.waits()) {
        recorder.say("x".repeat(60_000));
      }

      recorder.awaitEnd();
      assertThat(client.readToAbort()).isTrue();
      server.awaitNoTimers();
    }
  }

  @ParameterizedTest
  @MethodSource
  void endlessMessageEndsTheConnection(byte[] start) throws Exception {
    try (var server = new EchoServer(TestLimits.messageTime(TestLimits.SHORT));
        RawClient client = RawClient.open(server)) {
      client.send(Wire.text("before"), start);

      assertThat(client.readPastPings().text()).isEqualTo("before");
      RawClient.Frame close = client.readPastPings();
      assertThat(close.code()).isEqualTo(1008);
      assertThat(close.reason()).isEqualTo("a message must arrive within 0.15 s");
    }
  }

  static Stream<Arguments> endlessMessageEndsTheConnection() {
    byte[] whole = Wire.text("hello");
    return Stream.of(
        argumentSet("one byte", Arrays.copyOf(whole, 1)),
        argumentSet("a header", Arrays.copyOf(whole, 6)),
        argumentSet("all but the last byte", Arrays.copyOf(whole, whole.length - 1)),
        argumentSet("a fragment", Wire.frame(Wire.TEXT, "hello")),
        argumentSet("half a ping", Arrays.copyOf(Wire.frame(Wire.PING, "ping"), 7)));
  }

  @Test
  void messageOfEndlessFragmentsEndsTheConnection() throws Exception {
    try (var server = new EchoServer(TestLimits.messageTime(TestLimits.SHORT));
        RawClient client = RawClient.open(server)) {
      client.send(Wire.frame(Wire.TEXT, "x"));
      RawClient.Frame frame = client.read();
      while (frame.opcode() == Frames.PING) {
        client.send(Wire.frame(Wire.PONG, ""), Wire.frame(Wire.CONTINUATION, "x"));
        frame = client.read();
      }

      assertThat(frame.code()).isEqualTo(1008);
    }
  }

  @Test
  void senderWhoAlwaysHasAMessageHalfSentIsNotSlow() throws Exception {
    try (var server = new EchoServer(TestLimits.messageTime(HALF_A_SECOND));
        RawClient client = RawClient.open(server)) {
      byte[] message = Wire.text("hello");
      byte[] start = Arrays.copyOf(message, 8);
      byte[] rest = Arrays.copyOfRange(message, 8, message.length);
      client.send(start);
      for (int i = 0; i < MANY_TICKS; i++) {
        client.expect(Frames.PING);
        client.send(rest, start);
        assertThat(client.readPastPings().text()).isEqualTo("hello");
      }
    }
  }

  @Test
  void fragmentedSenderWhoAlwaysHasAMessageHalfSentIsNotSlow() throws Exception {
    try (var server = new EchoServer(TestLimits.messageTime(HALF_A_SECOND));
        RawClient client = RawClient.open(server)) {
      client.send(Wire.frame(Wire.TEXT, "hel"));
      for (int i = 0; i < MANY_TICKS; i++) {
        client.expect(Frames.PING);
        client.send(Wire.frame(Wire.FINAL_CONTINUATION, "lo"), Wire.frame(Wire.TEXT, "hel"));
        assertThat(client.readPastPings().text()).isEqualTo("hello");
      }
    }
  }
}
