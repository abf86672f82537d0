package dev.trackside.story;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Calls;
import dev.trackside.support.Owner;
import dev.trackside.support.RawStream;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A right that has ended leaves nothing behind. */
final class EndedRightsTest {
  private static final String HERE = "{\"lat\":52.5,\"lon\":13.4}";
  private static final String PUBLIC = ",\"visibility\":\"public\"";

  @TempDir private Path data;
  private Running server;
  private Calls calls;

  @BeforeEach
  void start() throws IOException {
    server = Running.in(data);
    calls = new Calls(server.http());
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
    server.close();
  }

  private String adminKey() throws IOException {
    return Files.readString(data.resolve("admin-key")).strip();
  }

  @Test
  void whoFollowedWithAKeyThatHasEndedSeesNothingMasked() throws Exception {
    var anna = new Owner(calls, "anna", PUBLIC);
    anna.change("{\"mask\":200}");
    var thief = TestClient.of(server, "{\"id\":\"anna\",\"key\":\"" + anna.key + "\"}");
    try (var stream = RawStream.of(server, "anna/events?key=" + anna.key)) {
      anna.publish(HERE);
      thief.next();
      stream.next();
      anna.key = anna.call("POST", "/key").json().path("key").asString();
      assertThat(thief.closeCode()).isEqualTo(4401);
      assertThat(stream.next().data()).isEqualTo("{\"code\":4401}");
    }
  }

  @Test
  void phoneOfAnErasedRunnerDoesNotGoOnInTheOpen() throws Exception {
    var anna = new Owner(calls, "anna", "");
    anna.publish(HERE);
    anna.call("DELETE", "");
    assertThat(anna.publish(HERE).status()).isEqualTo(403);
    try (var phone =
        TestClient.of(
            server, "{\"id\":\"anna\",\"key\":\"" + anna.key + "\",\"lat\":1,\"lon\":1}")) {
      assertThat(phone.next().path("code").asString()).isEqualTo("not_allowed");
    }
    assertThat(calls.get("/api/runners/anna").status()).isEqualTo(404);
    assertThat(calls.post("/api/runners/anna/positions", HERE).status()).isEqualTo(200);
  }

  @Test
  void postThatTakesItsTimeIsNotStoredWhenItsKeyHasEnded() throws Exception {
    var anna = new Owner(calls, "anna", "");
    anna.publish(HERE);
    try (var phone = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      phone
          .getOutputStream()
          .write(
              ("POST /api/runners/anna/positions HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                      + "Authorization: Bearer %s\r\nContent-Length: %d\r\n\r\n{\"lat\":")
                  .formatted(anna.key, 20)
                  .getBytes(US_ASCII));
      phone.setSoTimeout(100);
      assertThatThrownBy(() -> phone.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class); // it waits for the rest
      assertThat(anna.call("DELETE", "").status()).isEqualTo(204);
      phone.setSoTimeout(10_000);
      phone.getOutputStream().write("1.25,\"lon\":1}".getBytes(US_ASCII));
      assertThat(new String(phone.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 403");
    }
    assertThat(calls.get("/api/runners/anna").status()).isEqualTo(404);
  }

  @Test
  void newcomersToARaceAreNotToldOfWhoHasBecomePrivate() throws Exception {
    var seven = new Owner(calls, "berlin/7", PUBLIC, adminKey());
    var eight = new Owner(calls, "berlin/8", PUBLIC, adminKey());
    String first = "{\"follow\":[\"berlin/*\"],\"events\":true,\"trail\":10}";
    try (var early = TestClient.of(server, first);
        var other = TestClient.of(server, first)) {
      early.next();
      other.next();
      seven.publish(HERE);
      eight.publish(HERE);
      await().until(() -> !early.next().path("id").asString().equals("berlin/7"));
      eight.change("{\"visibility\":\"link\"}");
      eight.change("{\"finished\":true}");
      for (int i = 0; i < 2; i++) { // there may be two lanes
        try (var late = TestClient.of(server, first)) {
          List<JsonNode> told = late.next(3);
          seven.publish(HERE);
          assertThat(told.getFirst().path("type").asString()).isEqualTo("welcome");
          assertThat(told.subList(1, 3))
              .extracting(one -> one.path("id").asString())
              .containsOnly("berlin/7");
          assertThat(late.next().path("id").asString()).isEqualTo("berlin/7");
        }
      }
    }
  }
}
