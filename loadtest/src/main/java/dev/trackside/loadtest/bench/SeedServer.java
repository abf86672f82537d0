package dev.trackside.loadtest.bench;

import io.javalin.Javalin;
import io.javalin.websocket.WsContext;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The obvious first server: a set of connections for each id, and a loop that sends to them. For
 * measurements only: {@code java -cp loadtest.jar dev.trackside.loadtest.bench.SeedServer PORT}. It
 * has the protocol of {@code peers/bun.js}.
 */
public final class SeedServer {
  private static final JsonMapper JSON = new JsonMapper();

  private SeedServer() {}

  public static void main(String[] args) {
    var channels = new ConcurrentHashMap<String, Set<WsContext>>();
    Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.modifyWebSocketServletFactory(
                  factory -> factory.setIdleTimeout(Duration.ofHours(1)));
              config.routes.ws(
                  "/ws",
                  ws -> {
                    ws.onMessage(ctx -> take(ctx, ctx.message(), channels));
                    ws.onClose(ctx -> channels.values().forEach(all -> all.remove(ctx)));
                  });
            })
        .start("127.0.0.1", Integer.parseInt(args[0]));
  }

  private static void take(WsContext from, String text, Map<String, Set<WsContext>> channels) {
    String feed = from.attribute("feed");
    if (feed == null) {
      register(from, JSON.readTree(text), channels);
      return;
    }
    String id = feed.isEmpty() ? JSON.readTree(text).get("id").asString() : feed;
    for (WsContext ctx : channels.getOrDefault(id, Set.of())) {
      ctx.send(text);
    }
  }

  private static void register(
      WsContext from, JsonNode first, Map<String, Set<WsContext>> channels) {
    JsonNode ids = first.get("ids");
    from.attribute("feed", ids == null ? first.get("id").asString() : "");
    for (JsonNode id : ids == null ? Set.of(first.get("id")) : ids) {
      channels.computeIfAbsent(id.asString(), _ -> ConcurrentHashMap.newKeySet()).add(from);
    }
  }
}
