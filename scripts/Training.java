import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Plays a race to a server for some seconds, so that the Java machine can note what is used and what
 * runs often (JEP 514, JEP 515). A server that is started with these notes needs half the time to
 * start and little to warm up.
 *
 * <p>{@code java scripts/Training.java bin/trackside target/trackside.aot}
 */
final class Training {
  private static final int RUNNERS = 200;
  private static final int MOST_SECONDS = 180;
  private static final long PLAY_NANOS = SECONDS.toNanos(12);
  private static final long BEAT_NANOS = SECONDS.toNanos(1) / 100;
  private static final int POSITIONS_A_BEAT = 60;

  /**
   * What the machine optimized in training it optimizes again as soon as it can: only what is
   * called very often shall be among it, not all that opened connections.
   */
  private static final String FEW_NOTES = "-XX:CompileThresholdScaling=1 ";

  private final URI server;
  private final HttpClient http;
  private final List<WebSocket> phones = new ArrayList<>();

  private Training(URI server, HttpClient http) {
    this.server = server;
    this.http = http;
  }

  public static void main(String[] args) throws Exception {
    Path cache = Path.of(args[1]).toAbsolutePath();
    Path data = Files.createTempDirectory("trackside-training");
    Files.deleteIfExists(cache);
    var builder =
        new ProcessBuilder(args[0], "--host=127.0.0.1", "--port=0", "--data=" + data)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("TRACKSIDE_JAVA_OPTS", FEW_NOTES + "-XX:AOTCacheOutput=" + cache);
    Process process = builder.start();
    delayedExecutor(MOST_SECONDS, SECONDS).execute(process::destroyForcibly);
    try (HttpClient http = HttpClient.newHttpClient();
        var said = process.inputReader()) {
      String line = said.readLine();
      while (line != null && !line.contains("http://")) {
        line = said.readLine();
      }
      if (line == null) {
        throw new IOException("The server did not start.");
      }
      new Training(URI.create(line.substring(line.indexOf("http://"))), http).play();
      process.toHandle().destroy();
      while (said.readLine() != null) {
        // It writes the notes when it ends, and says so.
      }
    } finally {
      process.toHandle().destroy();
      process.waitFor();
      try (var files = Files.walk(data)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
    if (!Files.exists(cache)) {
      throw new IOException("The server ended without writing " + cache);
    }
  }

  private void play() throws Exception {
    try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < RUNNERS; i++) {
        phones.add(connect("{\"id\":\"training/%d\",\"echo\":false,\"events\":true}".formatted(i)));
        connect("{\"id\":\"training/%d\",\"trail\":50,\"pace\":%d}".formatted(i, i % 2 * 100));
      }
      for (int i = 0; i < 12; i++) {
        connect(
            "{\"id\":\"training/*\",\"batch\":%b,\"events\":true%s}"
                .formatted(i % 4 == 0, i % 4 == 1 ? ",\"codec\":\"compact\"" : ""));
      }
      for (int i = 0; i < 10; i++) {
        var events = get("api/runners/training%2F" + i + "/events?trail=10");
        var _ = http.sendAsync(events, BodyHandlers.ofLines()).thenAccept(a -> a.body().count());
      }
      long end = System.nanoTime() + PLAY_NANOS;
      others.submit(() -> untilThen(end, 50, this::post));
      others.submit(() -> untilThen(end, 100, this::read));
      report(end);
    }
  }

  private WebSocket connect(String first) {
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create("ws" + server.toString().substring(4) + "ws"), new Deaf())
            .join();
    socket.sendText(first, true).join();
    return socket;
  }

  private void report(long end) {
    int n = 0;
    for (long next = System.nanoTime(); next < end; next += BEAT_NANOS) {
      for (int i = 0; i < POSITIONS_A_BEAT; i++, n++) {
        String position = position(n);
        phones.get(n % RUNNERS).sendText(position, true).join();
      }
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private static String position(int n) {
    String ref = n % 3 == 0 ? ",\"ref\":\"" + n + "\"" : "";
    return String.format(
        Locale.ROOT,
        "{\"lat\":%.6f,\"lon\":%.6f,\"acc\":%d,\"speed\":3.2,\"heading\":%d,\"t\":%d%s}",
        52 + Math.sin(n / 1e4),
        13 + n / 1e6,
        n % 30,
        n % 360,
        System.currentTimeMillis(),
        ref);
  }

  private void post(int n) throws IOException, InterruptedException {
    String batch =
        IntStream.range(0, 200)
            .mapToObj(i -> position(200 * n + i))
            .collect(Collectors.joining(",", "[", "]"));
    URI uri = server.resolve("api/runners/posting" + n % 20 + "/positions");
    http.send(HttpRequest.newBuilder(uri).POST(ofString(batch)).build(), BodyHandlers.discarding());
  }

  private void read(int n) throws IOException, InterruptedException {
    for (String what :
        List.of("", "api/runners/training%2F" + n % RUNNERS + "/track", "ready", "r/training/1", "race/training")) {
      http.send(get(what), BodyHandlers.discarding());
    }
    connect("{\"id\":\"training/%d\",\"trail\":1000}".formatted(n % RUNNERS)).abort();
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).build();
  }

  private interface Step {
    void take(int n) throws IOException, InterruptedException;
  }

  private static Void untilThen(long end, long pauseMs, Step step) throws Exception {
    for (int n = 0; System.nanoTime() < end; n++) {
      step.take(n);
      Thread.sleep(pauseMs);
    }
    return null;
  }

  /** Takes everything that comes. */
  private static final class Deaf implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      socket.request(1);
      return null;
    }
  }
}
