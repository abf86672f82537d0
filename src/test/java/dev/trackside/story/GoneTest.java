package dev.trackside.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Goodbyes, of clients and of the server. */
class GoneTest {
  private static final String NOBODY = "0 subscribers, 0 channels, 0 feeds, 0 timers";

  @Test
  void whoGoesSilentIsGone() throws Exception {
    try (var server = Running.with("--silence=1");
        var silent = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String handshake =
          """
          GET /ws HTTP/1.1
          Host: x
          Upgrade: websocket
          Connection: Upgrade
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
          Sec-WebSocket-Version: 13

          """
              .replace("\n", "\r\n");
      silent.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
      byte[] anna = {(byte) 0x81, (byte) 0x84, 0, 0, 0, 0, 'a', 'n', 'n', 'a'};
      silent.getOutputStream().write(anna);
      await()
          .untilAsserted(
              () -> assertThat(server.leftovers()).startsWith("1 su").contains("1 feeds"));
      await().untilAsserted(() -> assertThat(server.leftovers()).isEqualTo(NOBODY));
    }
  }

  @Test
  void whoNeverRegistersIsSentAway() throws Exception {
    try (var server = Running.with();
        var client = TestClient.of(server)) {
      await().atMost(Duration.ofSeconds(30)).until(client::isClosed);
      assertThat(client.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void serverSaysThatItGoesAway() throws Exception {
    TestClient client;
    try (var server = Running.with()) {
      client = TestClient.of(server, "anna");
      client.untilMarked("anna");
    }
    assertThat(client.closeCode()).isEqualTo(1001);
  }

  @Test
  void closedServerTakesNobodyWithoutAKeyInWhenItIsNotOpen() throws Exception {
    try (var server = Running.with("--open=false");
        var client = TestClient.of(server, "anna")) {
      assertThat(client.closeCode()).isEqualTo(4401);
    }
  }

  @Test
  void afterARestartAFollowerResumesWhereItWas() throws Exception {
    var data = Files.createTempDirectory("trackside");
    long before;
    try (var server = Running.in(data);
        var client = TestClient.of(server, "anna")) {
      before = client.say("{\"lat\":1,\"lon\":1}").next().get("seq").asLong();
      client.say("{\"lat\":2,\"lon\":1}").next();
    }
    try (var server = Running.in(data);
        var client = TestClient.of(server, "{\"id\":\"anna\",\"after\":" + before + "}")) {
      JsonNode missed = client.next();
      assertThat(missed.get("lat").asInt()).isEqualTo(2);
      JsonNode live = client.say("{\"lat\":3,\"lon\":1}").next();
      assertThat(live.get("lat").asInt()).isEqualTo(3);
      assertThat(live.get("seq").asLong()).isGreaterThan(missed.get("seq").asLong());
    }
  }

  @Test
  void numberThatWasNeverGivenResets() throws Exception {
    try (var server = Running.with();
        var client = TestClient.of(server, "{\"id\":\"anna\",\"after\":7}")) {
      assertThat(client.next().get("type").asString()).isEqualTo("reset");
    }
  }
}
