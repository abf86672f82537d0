package dev.trackside.demo;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A connection to the server's door. One thread at a time. */
final class Line implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Completes the future when the connection has ended; what the server says is passed over. */
  private record Ending(CompletableFuture<Void> ended) implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      ended.complete(null);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      ended.complete(null);
    }
  }

  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final WebSocket socket;

  /**
   * @throws IOException when nobody answers
   */
  Line(HttpClient client, URI door) throws IOException, InterruptedException {
    socket =
        await(
            client
                .newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .buildAsync(door, new Ending(ended)));
  }

  boolean isOver() {
    return ended.isDone();
  }

  /**
   * Says something, and waits until the server takes it.
   *
   * @throws IOException when the connection has ended
   */
  void say(String message) throws IOException, InterruptedException {
    if (isOver()) {
      throw new IOException("the connection has ended");
    }
    await(socket.sendText(message, true));
  }

  private static <T> T await(CompletableFuture<T> result) throws IOException, InterruptedException {
    try {
      return result.get(PATIENCE.toSeconds(), SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    if (!isOver() && !socket.isOutputClosed()) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(_ -> socket);
      ended.completeOnTimeout(null, 1, SECONDS).join();
    }
    socket.abort();
  }
}
