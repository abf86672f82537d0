package dev.trackside.loadtest.wire;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.eclipse.jetty.websocket.core.exception.UpgradeException;

/** Connects with Jetty's client: few threads for all connections, and messages as bytes. */
final class JettyConnector implements Connector {
  private static final String DEFLATE =
      "permessage-deflate;server_no_context_takeover;client_no_context_takeover";
  private static final int INPUT_BYTES = 16_384;

  private final ConnectOptions options;
  private final HttpClient http;
  private final WebSocketCoreClient client;

  JettyConnector(ConnectOptions options) throws IOException {
    this.options = options;
    http = JettyClients.client("sockets", options);
    client = new WebSocketCoreClient(http, new WebSocketComponents());
    try {
      client.start();
    } catch (Exception e) {
      throw new IOException("Jetty's client does not start: " + e.getMessage(), e);
    }
  }

  @Override
  public void connect(URI target, ConnectionListener listener) {
    var connection = new JettyConnection(listener);
    try {
      var request = CoreClientUpgradeRequest.from(client, target, connection);
      request.setConfiguration(configuration());
      if (options.compression()) {
        request.addExtensions(DEFLATE);
      }
      var _ =
          client
              .connect(request)
              .whenComplete(
                  (_, failure) -> {
                    if (failure != null) {
                      connection.end(refusal(failure));
                    }
                  });
    } catch (IOException | RuntimeException e) {
      connection.end(refusal(e));
    }
  }

  private Configuration.ConfigurationCustomizer configuration() {
    var chosen = new Configuration.ConfigurationCustomizer();
    chosen.setIdleTimeout(Duration.ZERO);
    // Without fragments, a message that inflates to more than 8 KiB would be lost.
    chosen.setAutoFragment(options.compression());
    chosen.setMaxFrameSize(MessageAssembler.MOST_BYTES);
    chosen.setInputBufferSize(INPUT_BYTES);
    return chosen;
  }

  private static Ending refusal(Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof UpgradeException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    int status = cause instanceof UpgradeException e ? Math.max(0, e.getResponseStatusCode()) : 0;
    Throwable words = status == 0 && cause.getCause() != null ? cause.getCause() : cause;
    return new Ending(Ending.Kind.REFUSED, status, String.valueOf(words.getMessage()));
  }

  @Override
  public void close() {
    try {
      client.stop();
      http.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty's client does not stop", e);
    }
  }
}
