package dev.trackside.loadtest.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.StringRequestContent;

/** Makes HTTP calls asynchronously. Thread-safe. */
public final class Http implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 40;
  private static final int MOST_BYTES = 256 << 10;

  /** Shorter than servers keep connections, so that no call uses one that is being closed. */
  private static final long KEPT_MS = 20_000;

  /**
   * A request.
   *
   * @param type the Content-Type of the body; empty without a body
   */
  public record Call(
      String method, URI uri, Map<String, String> headers, String type, String body) {}

  /** A response. */
  public record Answer(int status, String body, String retryAfter) {}

  private final HttpClient client;

  public Http(ConnectOptions options) throws IOException {
    client = JettyClients.client("calls", options);
    client.setIdleTimeout(KEPT_MS);
    try {
      client.start();
    } catch (Exception e) {
      throw new IOException("Jetty's client does not start: " + e.getMessage(), e);
    }
  }

  /** Sends a request. The future fails with an {@link IOException} when there is no answer. */
  public CompletableFuture<Answer> send(Call call) {
    var answer = new CompletableFuture<Answer>();
    Request request =
        client
            .newRequest(call.uri())
            .method(call.method())
            .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    request.headers(fields -> call.headers().forEach(fields::put));
    if (!call.body().isEmpty()) {
      request.body(new StringRequestContent(call.type(), call.body(), UTF_8));
    }
    request.send(
        new BufferingResponseListener(MOST_BYTES) {
          @Override
          public void onComplete(Result result) {
            if (result.isFailed()) {
              answer.completeExceptionally(
                  new IOException(
                      call.uri() + ": " + words(result.getFailure()), result.getFailure()));
              return;
            }
            String after = result.getResponse().getHeaders().get("Retry-After");
            String text = getContentAsString(UTF_8);
            answer.complete(
                new Answer(
                    result.getResponse().getStatus(),
                    text == null ? "" : text,
                    after == null ? "" : after));
          }
        });
    return answer;
  }

  /** Shortens the very long messages of Jetty's exceptions about broken connections. */
  private static String words(Throwable failure) {
    String words = String.valueOf(failure.getMessage());
    return words.contains("@") ? failure.getClass().getSimpleName() : words;
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty's client does not stop", e);
    }
  }
}
