package dev.trackside.proof;

import static java.util.stream.Collectors.joining;

import dev.trackside.support.Launched;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The place of a server that is killed and started again on the same data and the same port. */
final class Machine implements AutoCloseable {
  private static final long PAUSE_MS = 200;

  private final Path data;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Duration> starts = new ArrayList<>();
  private final List<String> strangeWords = new ArrayList<>();
  private Launched server;
  private boolean up;
  private int life;

  Machine(Path data) throws IOException {
    this.data = data;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  Path data() {
    return data;
  }

  int port() {
    return port;
  }

  Launched server() {
    return server;
  }

  /** How long each start took until connections were taken. */
  List<Duration> starts() {
    return starts;
  }

  /** What servers said beside their start line. */
  List<String> strangeWords() {
    return strangeWords;
  }

  void boot() throws IOException {
    long begun = System.nanoTime();
    server = Launched.on(data, port, Map.of());
    server.awaitUp();
    starts.add(Duration.ofNanos(System.nanoTime() - begun));
    nowUp();
  }

  private synchronized void nowUp() {
    up = true;
    life++;
    notifyAll();
  }

  /** Starts the server, and kills it before it may be up. */
  void bootAndKill(Duration after) throws IOException, InterruptedException {
    server = Launched.on(data, port, Map.of());
    server.letRun(after);
    kill();
  }

  void kill() throws InterruptedException {
    down();
    server.kill();
    listen();
  }

  int terminate() throws InterruptedException {
    down();
    int code = server.terminate();
    listen();
    return code;
  }

  private synchronized void down() {
    up = false;
  }

  private void listen() {
    server.words().stream().filter(line -> !line.contains(" is at ")).forEach(strangeWords::add);
  }

  /** Waits until the server is up; returns which of its lives this is. */
  synchronized int awaitUp() throws InterruptedException {
    while (!up) {
      wait();
    }
    return life;
  }

  synchronized int life() {
    return life;
  }

  /** Waits a little before coming back, as every good client does. */
  void pause() throws InterruptedException {
    pause(PAUSE_MS);
  }

  synchronized void pause(long millis) throws InterruptedException {
    long until = System.nanoTime() + millis * 1_000_000;
    for (long left = millis; left > 0; left = (until - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
  }

  /** What the server answers to a GET. */
  HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    var address = URI.create("http://127.0.0.1:" + port + path);
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  /** What the server answers to positions that are posted. */
  HttpResponse<String> post(String runner, List<ReportedFix> fixes)
      throws IOException, InterruptedException {
    var address = URI.create("http://127.0.0.1:" + port + Bulk.path(runner) + "/positions");
    String body = fixes.stream().map(ReportedFix::json).collect(joining(",", "[", "]"));
    var request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
    if (server != null) {
      server.close();
    }
  }
}
