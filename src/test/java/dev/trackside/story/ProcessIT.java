package dev.trackside.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as its operator meets it: a process that the launcher starts. */
class ProcessIT {
  @TempDir private Path data;

  private Process start(Map<String, String> environment, String... options) throws IOException {
    var line = new ArrayList<>(List.of("bin/trackside", "--data=" + data));
    line.addAll(List.of(options));
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String startLine(Process process) {
    var reader = new BufferedReader(process.inputReader(UTF_8));
    return reader.lines().filter(line -> line.contains("http://")).findFirst().orElseThrow();
  }

  private static URI addressIn(String startLine) {
    return URI.create(startLine.substring(startLine.indexOf("http://")));
  }

  @Test
  void startLineNamesTheAddressAndTermEndsItWithGoodbyes() throws Exception {
    Process process = start(Map.of("TRACKSIDE_PORT", "0", "TRACKSIDE_HOST", "127.0.0.1"));
    URI address = addressIn(startLine(process));
    try (var client = HttpClient.newHttpClient()) {
      var health = HttpRequest.newBuilder(address.resolve("health")).build();
      assertThat(client.send(health, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      var closed = new CompletableFuture<Integer>();
      client
          .newWebSocketBuilder()
          .buildAsync(
              URI.create("ws" + address.resolve("ws").toString().substring(4)),
              new WebSocket.Listener() {
                @Override
                public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                  closed.complete(code);
                  return CompletableFuture.completedFuture(null);
                }
              })
          .join()
          .sendText("anna", true)
          .join();
      process.destroy();
      assertThat(closed.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo(1001);
      assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void wrongValueEndsWithTwoAndOneSentence() throws Exception {
    Process process = start(Map.of("TRACKSIDE_PORT", "many"));
    String words = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(words).hasLineCount(1).contains("--port").contains("\"many\"");
  }

  @Test
  void takenPortEndsWithOneSentence() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process = start(Map.of(), "--host=127.0.0.1", "--port=" + taken.getLocalPort());
      String words = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      assertThat(process.waitFor()).isEqualTo(1);
      assertThat(words).hasLineCount(1).contains("port " + taken.getLocalPort());
    }
  }

  @Test
  void directoryInUseAndOneThatCannotBeWrittenEndWithOneSentence() throws Exception {
    Process first = start(Map.of(), "--host=127.0.0.1", "--port=0");
    try {
      startLine(first);
      Process second = start(Map.of(), "--host=127.0.0.1", "--port=0");
      String words = new String(second.getInputStream().readAllBytes(), UTF_8).strip();
      assertThat(second.waitFor()).isEqualTo(1);
      assertThat(words).hasLineCount(1).contains("in use by another Trackside");
    } finally {
      first.destroyForcibly().waitFor();
    }
    Path file = Files.writeString(data.resolve("file"), "");
    Process third = start(Map.of(), "--data=" + file, "--port=0");
    String words = new String(third.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(third.waitFor()).isNotZero();
    assertThat(words).hasLineCount(1);
  }

  @Test
  void lostRegistryEndsWithThreeAndSaysHowToGoOn() throws Exception {
    Process first = start(Map.of(), "--host=127.0.0.1", "--port=0");
    try (var client = HttpClient.newHttpClient()) {
      URI positions = addressIn(startLine(first)).resolve("api/runners/anna/positions");
      var post =
          HttpRequest.newBuilder(positions)
              .POST(BodyPublishers.ofString("{\"lat\":52,\"lon\":13}"))
              .build();
      assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    } finally {
      first.destroyForcibly().waitFor();
    }
    for (String name : List.of("access.db", "access.db-wal", "access.db-shm")) {
      Files.deleteIfExists(data.resolve(name));
    }
    Process second = start(Map.of(), "--host=127.0.0.1", "--port=0");
    String words = new String(second.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(second.waitFor()).isEqualTo(3);
    assertThat(words).hasLineCount(1).contains("access.db", "--accept-lost-claims");
    Process third = start(Map.of(), "--host=127.0.0.1", "--port=0", "--accept-lost-claims");
    try (var client = HttpClient.newHttpClient()) {
      URI anna = addressIn(startLine(third)).resolve("api/runners/anna");
      var get = HttpRequest.newBuilder(anna).build();
      assertThat(client.send(get, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    } finally {
      third.destroyForcibly().waitFor();
    }
  }
}
