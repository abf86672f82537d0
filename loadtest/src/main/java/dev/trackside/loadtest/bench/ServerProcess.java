package dev.trackside.loadtest.bench;

import dev.trackside.loadtest.result.Gauge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server process with a port and a directory of its own. Closing it ends the process and removes
 * the directory.
 */
final class ServerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration END = Duration.ofSeconds(30);
  private static final int GLANCE_MS = 20;

  private final List<String> words;
  private final int port;
  private final Path data;
  private final Path log;
  private Process process;

  private ServerProcess(List<String> words, int port, Path data, Path log) throws IOException {
    this.words = words;
    this.port = port;
    this.data = data;
    this.log = log;
    this.process = begin();
  }

  /**
   * Starts a server and waits until it accepts connections.
   *
   * @param command its words, with {@code {port}} and {@code {data}} as placeholders
   * @throws IOException when it ends or does not listen within 30 s; the message has its output
   */
  static ServerProcess of(List<String> command) throws IOException {
    Path data = Files.createTempDirectory("trackside-bench-");
    int port = freePort();
    List<String> words =
        command.stream()
            .map(word -> word.replace("{port}", "" + port).replace("{data}", data.toString()))
            .toList();
    var launch =
        new ServerProcess(words, port, data, Files.createTempFile("trackside-bench-", ".log"));
    try {
      launch.awaitUp();
    } catch (IOException e) {
      launch.close();
      throw e;
    }
    return launch;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process begin() throws IOException {
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private void awaitUp() throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new IOException(
            words.getFirst() + " ended with " + process.exitValue() + ": " + lastWords());
      }
      try (var socket = new Socket()) {
        socket.connect(address(), 200);
        return;
      } catch (IOException e) {
        WallClock.sleep(GLANCE_MS);
      }
    }
    throw new IOException(words.getFirst() + " does not listen on " + port + ": " + lastWords());
  }

  private String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join(" / ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** The process that does the work: the last child of a launcher that keeps running. */
  Gauge gauge() {
    ProcessHandle handle = process.toHandle();
    while (true) {
      var child = handle.children().max(Comparator.comparingLong(ProcessHandle::pid));
      if (child.isEmpty()) {
        return new Gauge(handle.pid());
      }
      handle = child.get();
    }
  }

  /** Ends the process and waits for its end. */
  void stop(boolean kill) throws IOException {
    try {
      var children = process.descendants().toList();
      if (kill) {
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      } else {
        children.forEach(ProcessHandle::destroy);
        process.destroy();
      }
      if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IOException(words.getFirst() + " did not end within " + END.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Starts it again with the same port and directory, and waits until it listens. */
  void startAgain() throws IOException {
    process = begin();
    awaitUp();
  }

  @Override
  public void close() throws IOException {
    if (process.isAlive()) {
      stop(false);
    }
    Files.deleteIfExists(log);
    try (var files = Files.walk(data)) {
      files.sorted(Comparator.reverseOrder()).forEach(ServerProcess::remove);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
