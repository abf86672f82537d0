package dev.trackside.support;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that records what it gets, on an implementation that is not ours: Java-WebSocket. */
public final class TestClient implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int PATIENCE_SECONDS = 25;

  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocketClient socket;
  private volatile @Nullable Exception failure;

  private TestClient(URI uri, Draft draft) {
    socket =
        new WebSocketClient(uri, draft) {
          @Override
          public void onOpen(ServerHandshake handshake) {}

          @Override
          public void onMessage(String message) {
            JsonNode node = MAPPER.readTree(message);
            if (node.isArray()) {
              node.forEach(messages::add);
            } else {
              messages.add(node);
            }
          }

          @Override
          public void onMessage(ByteBuffer positions) {
            messages.addAll(CompactReader.read(positions));
          }

          @Override
          public void onClose(int code, String reason, boolean remote) {
            closed.complete(code);
          }

          @Override
          public void onError(Exception wrong) {
            failure = wrong;
          }
        };
    socket.setTcpNoDelay(true);
    socket.setConnectionLostTimeout(0);
  }

  public static TestClient of(Running server) throws InterruptedException {
    return of(server, new Draft_6455());
  }

  /** Connects as a client that takes compressed messages and sends them. */
  public static TestClient compressing(Running server, String first) throws InterruptedException {
    return of(server, new Draft_6455(new PerMessageDeflateExtension())).say(first);
  }

  private static TestClient of(Running server, Draft draft) throws InterruptedException {
    var client = new TestClient(server.webSocket(), draft);
    if (!client.socket.connectBlocking(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("no connection to " + server.webSocket());
    }
    return client;
  }

  /** Connects and says something first. */
  public static TestClient of(Running server, String first) throws InterruptedException {
    return of(server).say(first);
  }

  public TestClient say(String message) {
    socket.send(message);
    return this;
  }

  /** The next message; fails when none comes. */
  public JsonNode next() throws InterruptedException {
    JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError(
          "no message came within %d s; closed with %s, and what went wrong: %s"
              .formatted(PATIENCE_SECONDS, closed.getNow(null), failure));
    }
    return message;
  }

  public List<JsonNode> next(int count) throws InterruptedException {
    var list = new ArrayList<JsonNode>();
    while (list.size() < count) {
      list.add(next());
    }
    return list;
  }

  /** Everything that came before the answer to a marker that this client sends to itself. */
  public List<JsonNode> untilMarked(String runner) throws InterruptedException {
    say("{\"id\":\"" + runner + "\",\"lat\":0,\"lon\":0,\"marker\":true}");
    var list = new ArrayList<JsonNode>();
    for (JsonNode message = next(); !message.has("marker"); message = next()) {
      list.add(message);
    }
    return list;
  }

  public boolean isClosed() {
    return closed.isDone();
  }

  public int closeCode() {
    return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Ends the connection without a word: a reset. */
  public void abort() throws IOException {
    socket.getSocket().setSoLinger(true, 0);
    socket.getSocket().close();
  }

  @Override
  public void close() {
    socket.close();
  }
}
