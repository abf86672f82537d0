package dev.trackside.story;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trackside.support.RawSpectator;
import dev.trackside.support.Running;
import dev.trackside.support.TestClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What clients hold together is bounded: one too many is told to come back, and nothing leaks. */
class MemoryTest {
  private static final String LITTLE = "--memory=1";
  private static final long LITTLE_BYTES = Runtime.getRuntime().maxMemory() / 100;
  private static final int POSITIONS = 9_000;

  private static String positions() {
    var lines = new StringBuilder();
    for (int i = 0; i < POSITIONS; i++) {
      lines
          .append("{\"t\":%d,\"lat\":50,\"lon\":13,\"note\":\"".formatted(1_700_000_000L + i))
          .append("n".repeat(300))
          .append("\"}\n");
    }
    return lines.toString();
  }

  private static void fill(Running server) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var uri = server.http().resolve("api/runners/anna/positions");
      var post = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(positions())).build();
      assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  private static Socket request(Running server, String head, byte[] body) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write((head + "\r\nHost: x\r\n\r\n").getBytes(US_ASCII));
    socket.getOutputStream().write(body);
    return socket;
  }

  private static String head(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(400), US_ASCII);
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  private static void awaitNothingHeld(Running server) {
    await().untilAsserted(() -> assertThat(server.gauge("held")).isZero());
  }

  @Test
  void slowBodiesHoldNoMoreThanTheirShare() throws Exception {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed, 512, true)) {
      gzip.write(positions().getBytes(US_ASCII));
      gzip.flush();
    }
    String post =
        "POST /api/runners/anna/positions HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: "
            + (packed.size() + 1_000);
    try (var server = Running.with(LITTLE)) {
      var slow = new ArrayList<Socket>();
      for (int i = 0; i <= LITTLE_BYTES / 5_000_000; i++) {
        slow.add(request(server, post, packed.toByteArray()));
      }
      await().until(() -> server.gauge("held") > LITTLE_BYTES / 2);
      String answer = "";
      for (int i = 0; i < 10 && !answer.startsWith("HTTP/1.1 503"); i++) {
        try (Socket whole = request(server, post, packed.toByteArray())) {
          whole.getOutputStream().write(new byte[1_000]); // no gzip: 400 if there were room
          answer = head(whole);
        }
        assertThat(server.gauge("held")).isLessThanOrEqualTo(LITTLE_BYTES);
      }
      assertThat(answer).startsWith("HTTP/1.1 503").contains("Retry-After: 5");
      close(slow);
      awaitNothingHeld(server);
    }
  }

  @Test
  void slowReadersOfTracksHoldAPageEach() throws Exception {
    try (var server = Running.with(LITTLE)) {
      fill(server);
      String get = "GET /api/runners/anna/track?limit=9000 HTTP/1.1";
      var slow = new ArrayList<Socket>();
      int most = (int) (LITTLE_BYTES * 3 / 4 / (256 * 1024));
      for (int i = 0; i < most; i++) {
        slow.add(request(server, get, new byte[0]));
        assertThat(head(slow.getLast())).startsWith("HTTP/1.1 200");
      }
      try (Socket tooMany = request(server, get, new byte[0])) {
        assertThat(head(tooMany)).startsWith("HTTP/1.1 503").contains("Retry-After: 5");
      }
      close(slow);
      awaitNothingHeld(server);
    }
  }

  @Test
  void slowSpectatorsHoldAPieceOfTheirTrailAndTheLiveGoOn() throws Exception {
    try (var server = Running.with(LITTLE)) {
      fill(server);
      var slow = new ArrayList<RawSpectator>();
      try (var live = TestClient.of(server, "bob")) {
        for (int i = 0; i < 10; i++) {
          slow.add(new RawSpectator(server.port(), 4_096, "{\"id\":\"anna\",\"trail\":9000}"));
        }
        await().until(() -> server.gauge("held") > 0);
        live.say("{\"lat\":1,\"lon\":2}");
        assertThat(live.next().get("id").asString()).isEqualTo("bob");
        assertThat(server.gauge("held")).isLessThanOrEqualTo(10L * 64 * 1024);
        for (int i = 0; i < POSITIONS; i++) {
          assertThat(slow.getFirst().next()).contains("\"t\":" + (1_700_000_000L + i) + "000");
        }
      } finally {
        for (RawSpectator one : slow) {
          one.close();
        }
      }
      awaitNothingHeld(server);
    }
  }
}
