package dev.trackside.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The JDK's own client. */
class JdkClientTest {
  private final EchoServer server = new EchoServer(TestLimits.PATIENT);
  private final HttpClient http = HttpClient.newHttpClient();
  private final Ears ears = new Ears();
  private final WebSocket client;

  JdkClientTest() throws Exception {
    client = http.newWebSocketBuilder().buildAsync(server.uri(), ears).get(10, SECONDS);
  }

  @AfterEach
  void close() {
    client.abort();
    http.shutdownNow();
    server.close();
    assertThat(ears.failure).isNotCompleted();
  }

  @Test
  void textComesBack() throws Exception {
    for (String text : Samples.TEXTS) {
      client.sendText(text, true).get(10, SECONDS);

      assertThat(ears.texts.poll(10, SECONDS)).isEqualTo(text);
    }
  }

  @Test
  void fragmentsComeBackWhole() throws Exception {
    client.sendText("one ", false).get(10, SECONDS);
    client.sendPing(ByteBuffer.wrap(Wire.utf8("p"))).get(10, SECONDS);
    client.sendText("🏃 ", false).get(10, SECONDS);
    client.sendText("", true).get(10, SECONDS);

    assertThat(ears.texts.poll(10, SECONDS)).isEqualTo("one 🏃 ");
    assertThat(ears.pong.get(10, SECONDS)).isEqualTo("p");
  }

  @Test
  void clientSaysGoodbye() throws Exception {
    client.sendClose(4000, "so long").get(10, SECONDS);

    assertThat(ears.end.get(10, SECONDS)).isEqualTo("4000 ");
    server.next().awaitEnd();
    server.awaitNoTimers();
  }

  @Test
  void serverSaysGoodbye() throws Exception {
    Recorder recorder = server.next();
    recorder.socket.close(4401, "this id needs a key");

    assertThat(ears.end.get(10, SECONDS)).isEqualTo("4401 this id needs a key");
    recorder.awaitEnd();
    server.awaitNoTimers();
    assertThat(client.isInputClosed()).isTrue();
    assertThat(client.isOutputClosed()).isTrue();
  }

  private static final class Ears implements WebSocket.Listener {
    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    final CompletableFuture<String> pong = new CompletableFuture<>();
    final CompletableFuture<String> end = new CompletableFuture<>();
    final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        texts.add(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
      pong.complete(UTF_8.decode(payload).toString());
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      end.complete(code + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      failure.complete(error);
    }
  }
}
