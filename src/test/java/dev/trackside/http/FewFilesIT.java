package dev.trackside.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that may open few files, and more callers than files. */
@Timeout(120)
class FewFilesIT {
  private static final int FILES = 256;
  private static final int CALLERS = 2 * FILES;
  private static final int POSITIONS = 200;
  private static final String HEALTH = RawCaller.request("GET /health HTTP/1.1");
  private static final String UPGRADE =
      RawCaller.request(
          "GET /ws HTTP/1.1",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

  @TempDir private Path data;

  private Process start() throws IOException {
    String line =
        "ulimit -n %d && exec bin/trackside --host=127.0.0.1 --port=0 --patience=60 --data=%s"
            .formatted(FILES, data);
    return new ProcessBuilder("sh", "-c", line).redirectErrorStream(true).start();
  }

  private static long filesOf(Process process) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc", "" + process.pid(), "fd"))) {
      return files.count();
    }
  }

  private static String frame(String text) {
    return "\u0081" + (char) (0x80 | text.length()) + "\0\0\0\0" + text;
  }

  private static String post(int number) {
    String body = "{\"lat\":52.5,\"lon\":13.4,\"n\":%d}".formatted(number);
    return RawCaller.request(
            "POST /api/runners/anna/positions HTTP/1.1", "Content-Length: " + body.length())
        + body;
  }

  @Test
  void crowdBeyondTheOpenFilesTakesNothingFromWhoIsThere() throws Exception {
    Process process = start();
    List<String> words = new CopyOnWriteArrayList<>();
    var crowd = new ArrayList<RawCaller>();
    var reader = new BufferedReader(process.inputReader(UTF_8));
    try {
      String startLine = reader.readLine();
      int port = Integer.parseInt(startLine.replaceAll(".*:(\\d+)/.*", "$1"));
      Thread.ofVirtual().start(() -> reader.lines().forEach(words::add));
      try (var phone = new RawCaller(port);
          var fan = new RawCaller(port)) {
        phone.say(HEALTH);
        phone.answer();
        fan.say(UPGRADE + frame("{\"id\":\"anna\"}"));
        fan.head();
        for (int i = 0; i < CALLERS; i++) {
          crowd.add(new RawCaller(port));
        }
        for (int i = 0; i < POSITIONS; i++) {
          phone.say(post(i));
          assertThat(phone.answer()).startsWith("HTTP/1.1 200 ").contains("\"accepted\":1");
        }
        assertThat(filesOf(process)).isLessThan(FILES);
        fan.awaitText("\"n\":" + (POSITIONS - 1) + "}");
        assertThat(newcomer(port)).matches("(?s)HTTP/1.1 503 .*|");
        for (RawCaller caller : crowd) {
          caller.close();
        }
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> newcomer(port).startsWith("HTTP/1.1 200 "));
      }
      assertThat(words).hasSizeLessThan(5).noneMatch(line -> line.contains("open files"));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static String newcomer(int port) throws IOException {
    try (var newcomer = new RawCaller(port)) {
      newcomer.say(RawCaller.request("GET /health HTTP/1.1", "Connection: close"));
      return newcomer.rest();
    } catch (IOException e) {
      return "";
    }
  }
}
