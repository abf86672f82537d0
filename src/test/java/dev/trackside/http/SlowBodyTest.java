package dev.trackside.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Running;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Clients that send or read far too slowly. */
final class SlowBodyTest {
  private static final String POST = "POST /api/runners/anna/positions HTTP/1.1";

  /** JSON readers skip spaces, so the body is not wrong before it is complete. */
  private static final String ENDLESS = " ".repeat(1_000);

  private static String posted(String body) {
    return RawCaller.request(POST, "Content-Length: " + body.length()) + body;
  }

  @Test
  void bodyThatDripsIsAnswered408AndClosed() throws IOException {
    try (var server = Running.with("--patience=1");
        var caller = new RawCaller(server.port())) {
      caller.say(RawCaller.request(POST, "Content-Length: 1000"));
      assertThat(caller.drip(ENDLESS, 100))
          .startsWith("HTTP/1.1 408 ")
          .containsIgnoringCase("\r\nconnection: close\r\n")
          .contains("{\"error\":{\"code\":\"request_timeout\"");
      await().until(() -> server.connections() == 0);
    }
  }

  @Test
  void bodyThatStopsIsAnswered408AndClosed() throws IOException {
    try (var server = Running.with("--patience=1");
        var caller = new RawCaller(server.port())) {
      caller.say(RawCaller.request(POST, "Content-Length: 1000") + "[");
      assertThat(caller.rest()).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void chunksThatHoldNextToNothingAreNoProgress() throws IOException {
    try (var server = Running.with("--patience=1");
        var caller = new RawCaller(server.port())) {
      caller.say(RawCaller.request(POST, "Transfer-Encoding: chunked"));
      String chunks = ("1;" + "x".repeat(2_000) + "\r\n \r\n").repeat(50);
      for (int i = 0; i < 1_000 && caller.hearsNothingFor(50); i++) {
        caller.say(chunks.substring(i * 100, i * 100 + 100));
      }
      assertThat(caller.answerBegun()).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void bodyThatIsNotWantedDoesNotHoldTheConnectionEither() throws IOException {
    try (var server = Running.with("--patience=1");
        var caller = new RawCaller(server.port())) {
      caller.say(RawCaller.request("POST /nowhere HTTP/1.1", "Content-Length: 1000"));
      assertThat(caller.drip(ENDLESS, 100)).startsWith("HTTP/1.1 404 ");
      await().until(() -> server.connections() == 0);
    }
  }

  @Test
  void bodyOnABadPhoneIsStored() throws IOException {
    try (var server = Running.with("--patience=1", "--slowest=4");
        var caller = new RawCaller(server.port())) {
      String body = "{\"lat\":52.5,\"lon\":13.4}" + " ".repeat(40);
      caller.say(posted(body).substring(0, posted(body).length() - body.length()));
      for (int i = 0; i < body.length(); i++) {
        caller.say(body.substring(i, i + 1));
        assertThat(i < body.length() - 1 && !caller.hearsNothingFor(60)).isFalse();
      }
      assertThat(caller.answer()).startsWith("HTTP/1.1 200 ").contains("\"accepted\":1");
    }
  }

  @Test
  void readerWhoTakesByteByByteIsEnded() throws IOException {
    try (var server = Running.with("--patience=1", "--slowest=1048576");
        var sender = new RawCaller(server.port());
        var reader = new RawCaller(server.port(), 4 * 1024)) {
      for (int i = 0; i < 4; i++) {
        sender.say(posted("{\"lat\":52.5,\"lon\":13.4,\"note\":\"#\"}\n".repeat(10_000)));
        assertThat(sender.answer()).contains("\"accepted\":10000");
      }
      reader.say(
          RawCaller.request(
              "GET /api/runners/anna/track?limit=40000 HTTP/1.1", "Connection: close"));
      await()
          .until(
              () -> {
                reader.read();
                return server.connections() == 1;
              });
    }
  }
}
