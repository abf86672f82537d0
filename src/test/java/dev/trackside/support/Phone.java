package dev.trackside.support;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that says what it is told, and remembers every position that it hears. */
public final class Phone extends WebSocketClient {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final List<Point> heard = new CopyOnWriteArrayList<>();

  /** What a position is recognised by. */
  public record Point(long seq, long t, double lat, double lon) {
    public static Point of(JsonNode json) {
      return new Point(
          json.path("seq").asLong(),
          json.path("t").asLong(),
          json.path("lat").asDouble(),
          json.path("lon").asDouble());
    }
  }

  /**
   * @param greeting its first message
   */
  public Phone(URI door, String greeting) throws InterruptedException {
    super(door);
    connectBlocking();
    send(greeting);
  }

  public List<Point> heard() {
    return List.copyOf(heard);
  }

  /** Reports a moment of a run, and waits until everybody could have heard. */
  public void reports(long tMs, double latDeg, double lonDeg) {
    int before = heard.size();
    send("{\"t\":%d,\"lat\":%s,\"lon\":%s}".formatted(tMs, latDeg, lonDeg));
    await().until(() -> heard.size() > before);
  }

  @Override
  public void onMessage(String message) {
    JsonNode json = MAPPER.readTree(message);
    if (json.path("type").asString("").equals("position")) {
      heard.add(Point.of(json));
    }
  }

  @Override
  public void onOpen(ServerHandshake handshake) {}

  @Override
  public void onClose(int code, String reason, boolean remote) {}

  @Override
  public void onError(@Nullable Exception failure) {}
}
