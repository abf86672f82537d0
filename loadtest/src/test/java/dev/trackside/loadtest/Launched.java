package dev.trackside.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** The packaged server, on a free local port. */
final class Launched implements AutoCloseable {
  static final String ADMIN_KEY = "the-key-of-the-load-test";

  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  Launched(Path data) throws IOException {
    process =
        new ProcessBuilder(
                "../bin/trackside",
                "--host=127.0.0.1",
                "--port=0",
                "--data=" + data,
                "--admin-key=" + ADMIN_KEY)
            .redirectErrorStream(true)
            .start();
    Thread.ofVirtual().start(this::listen);
  }

  private void listen() {
    var output = new StringBuilder();
    try (var reader = new BufferedReader(process.inputReader(UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        output.append(line).append('\n');
        if (line.contains(" is at http://")) {
          port.complete(Integer.parseInt(line.replaceAll(".*:(\\d+).*", "$1")));
        }
      }
    } catch (IOException e) {
      output.append(e.getMessage());
    }
    port.completeExceptionally(new IOException("the server ended before it was up: " + output));
  }

  int port() {
    return port.orTimeout(PATIENCE_SECONDS, SECONDS).join();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(PATIENCE_SECONDS, SECONDS).join();
  }
}
