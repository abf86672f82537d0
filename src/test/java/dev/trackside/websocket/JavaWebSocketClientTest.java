package dev.trackside.websocket;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.enums.Opcode;
import org.java_websocket.handshake.ServerHandshake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The client of Java-WebSocket, which many Android apps use. */
class JavaWebSocketClientTest {
  private final EchoServer server = new EchoServer(TestLimits.TICKING);
  private final LibraryClient client = new LibraryClient(server.uri());

  JavaWebSocketClientTest() throws InterruptedException {
    assertThat(client.connectBlocking(10, SECONDS)).isTrue();
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    assertThat(client.failure).isNotCompleted();
  }

  @Test
  void textComesBack() throws Exception {
    for (String text : Samples.TEXTS) {
      client.send(text);

      assertThat(client.texts.poll(10, SECONDS)).isEqualTo(text);
    }
  }

  @Test
  void fragmentsComeBackWhole() throws Exception {
    byte[] runner = Wire.utf8("🏃");
    client.sendFragmentedFrame(Opcode.TEXT, ByteBuffer.wrap(Wire.utf8("one ")), false);
    client.sendPing();
    client.sendFragmentedFrame(Opcode.TEXT, ByteBuffer.wrap(runner, 0, 4), false);
    client.sendFragmentedFrame(Opcode.TEXT, ByteBuffer.wrap(Wire.utf8(" two")), true);

    assertThat(client.texts.poll(10, SECONDS)).isEqualTo("one 🏃 two");
  }

  @Test
  void clientSaysGoodbye() throws Exception {
    client.close(4000, "so long");

    assertThat(client.end.get(10, SECONDS)).startsWith("4000 ");
    server.next().awaitEnd();
    server.awaitNoTimers();
  }

  @Test
  void serverSaysGoodbye() throws Exception {
    Recorder recorder = server.next();
    recorder.socket.close(4401, "this id needs a key");

    assertThat(client.end.get(10, SECONDS)).isEqualTo("4401 this id needs a key remote");
    recorder.awaitEnd();
    server.awaitNoTimers();
  }

  private static final class LibraryClient extends WebSocketClient {
    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    final CompletableFuture<String> end = new CompletableFuture<>();
    final CompletableFuture<Exception> failure = new CompletableFuture<>();

    LibraryClient(URI uri) {
      super(uri);
    }

    @Override
    public void onOpen(ServerHandshake handshake) {}

    @Override
    public void onMessage(String message) {
      texts.add(message);
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
      end.complete(code + " " + reason + (remote ? " remote" : ""));
    }

    @Override
    public void onError(Exception e) {
      failure.complete(e);
    }
  }
}
