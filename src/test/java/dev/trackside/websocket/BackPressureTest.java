package dev.trackside.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A server that does not read for a while. */
class BackPressureTest {
  /** More pings than come within {@link TestLimits#SHORT}. */
  private static final int TICKS = 15;

  /** More than the kernel keeps for both ends of a connection, by its usual limits. */
  private static final int MESSAGES = 5_000;

  private static final byte[] HALF = Arrays.copyOf(Wire.text("whole"), 8);
  private static final byte[] REST = Arrays.copyOfRange(Wire.text("whole"), 8, 11);

  @Test
  void nothingIsReadUntilReadingGoesOnAndThenEverything() throws Exception {
    try (var server = new EchoServer(TestLimits.TICKING);
        RawClient client = RawClient.open(server)) {
      Recorder recorder = suspend(server, client, HALF);
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> client.sendAll(REST, Wire.times(MESSAGES, Wire.text("x".repeat(4000)))));
      ticks(client);
      assertThat(recorder.texts).isEmpty();
      assertThat(sending).isNotDone();

      recorder.socket.resumeReading();

      assertThat(client.readPastPings().text()).isEqualTo("whole");
      for (int i = 0; i < MESSAGES; i++) {
        assertThat(client.readPastPings().text()).hasSize(4000);
      }
    }
  }

  @Test
  void deadlineOfAMessageStandsStill() throws Exception {
    try (var server = new EchoServer(TestLimits.messageTime(TestLimits.SHORT));
        RawClient client = RawClient.open(server)) {
      Recorder recorder = suspend(server, client, HALF);
      client.send(REST);
      ticks(client);

      recorder.socket.resumeReading();

      assertThat(client.readPastPings().text()).isEqualTo("whole");
    }
  }

  @Test
  void deadlineOfAMessageGoesOnWithTheReading() throws Exception {
    try (var server = new EchoServer(TestLimits.messageTime(TestLimits.SHORT));
        RawClient client = RawClient.open(server)) {
      Recorder recorder = suspend(server, client, HALF);
      ticks(client);

      recorder.socket.resumeReading();

      assertThat(client.readPastPings().code()).isEqualTo(1008);
      client.hangUp();
      recorder.awaitEnd();
      server.awaitNoTimers();
    }
  }

  @Test
  void silenceIsNotHeldAgainstAClientThatIsNotRead() throws Exception {
    try (var server = new EchoServer(TestLimits.silence(TestLimits.SHORT));
        RawClient client = RawClient.open(server)) {
      Recorder recorder = suspend(server, client);
      ticks(client);
      client.send(Wire.text("here"));

      recorder.socket.resumeReading();

      assertThat(client.readPastPings().text()).isEqualTo("here");
    }
  }

  @Test
  void clientThatIsNotReadMayEndTheClosingHandshake() throws Exception {
    try (var server = new EchoServer(TestLimits.PATIENT);
        RawClient client = RawClient.open(server)) {
      suspend(server, client).socket.close(1001, "going away");

      assertCleanEnd(server, client);
    }
  }

  @Test
  void readingCannotBeSuspendedAfterTheGoodbye() throws Exception {
    try (var server = new EchoServer(TestLimits.PATIENT);
        RawClient client = RawClient.open(server)) {
      client.send(Wire.text(Recorder.CLOSE_AND_SUSPEND));

      assertCleanEnd(server, client);
    }
  }

  @Test
  void resumingWhatWasNotSuspendedChangesNothing() throws Exception {
    try (var server = new EchoServer(TestLimits.PATIENT);
        RawClient client = RawClient.open(server)) {
      Recorder recorder = server.next();
      recorder.socket.resumeReading();
      recorder.socket.resumeReading();
      client.send(Wire.text("hi"));

      assertThat(client.readText()).isEqualTo("hi");
    }
  }

  @Test
  void resetOfAClientThatIsNotReadIsNoticedByTheNextPing() throws Exception {
    try (var server = new EchoServer(TestLimits.TICKING);
        RawClient client = RawClient.open(server)) {
      Recorder recorder = suspend(server, client, HALF);
      client.reset();

      recorder.awaitEnd();
      server.awaitNoTimers();
      assertThat(recorder.endings).hasValue(1);
    }
  }

  private static Recorder suspend(EchoServer server, RawClient client, byte[]... more)
      throws Exception {
    Recorder recorder = server.next();
    client.send(Wire.text(Recorder.SUSPEND), Wire.join(more));
    assertThat(recorder.nextText()).isEqualTo(Recorder.SUSPEND);
    return recorder;
  }

  private static void ticks(RawClient client) throws Exception {
    for (int i = 0; i < TICKS; i++) {
      client.expect(Frames.PING);
    }
  }

  private static void assertCleanEnd(EchoServer server, RawClient client) throws Exception {
    assertThat(client.expect(Frames.CLOSE).code()).isEqualTo(1001);
    client.send(Wire.close(1001));
    assertThat(client.isAtEnd()).isTrue();
    client.close();
    server.awaitNoTimers();
  }
}
