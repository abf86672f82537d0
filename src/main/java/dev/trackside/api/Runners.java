package dev.trackside.api;

import dev.trackside.hub.Hub;
import dev.trackside.hub.Status;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.PositionJson;
import dev.trackside.track.TrackLog;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is told about runners. */
final class Runners {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Feed REHEARSAL = new Feed.Race("rehearsal");

  private final TrackLog log;
  private final Hub hub;
  private final boolean rehearses;

  Runners(TrackLog log, Hub hub, boolean rehearses) {
    this.log = log;
    this.hub = hub;
    this.rehearses = rehearses;
  }

  void live(Context ctx) {
    ctx.header(Header.CACHE_CONTROL, "no-cache");
    ctx.contentType("application/json").result(MAPPER.writeValueAsBytes(nowLive()));
  }

  /** Who of the public runners is live. */
  ObjectNode nowLive() {
    var answer = MAPPER.createObjectNode();
    ArrayNode runners = answer.putArray("runners");
    for (Position newest : rehearses ? log.latest(REHEARSAL, 1) : List.<Position>of()) {
      Status.State state = hub.status(new Feed.One(newest.runner())).state();
      if (state == Status.State.LIVE) {
        runners.add(runner(newest, state));
      }
    }
    return answer;
  }

  private static ObjectNode runner(Position newest, Status.State state) {
    JsonNode position = MAPPER.readTree(PositionJson.of(newest));
    String id = newest.runner().id();
    return MAPPER
        .createObjectNode()
        .put("id", id)
        .put("name", position.path("name").asString(id))
        .put("state", state.name().toLowerCase(Locale.ROOT))
        .set("position", position);
  }
}
