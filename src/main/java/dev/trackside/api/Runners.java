package dev.trackside.api;

import dev.trackside.hub.Hub;
import dev.trackside.hub.Status;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import dev.trackside.track.TrackLog;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is told about runners. */
final class Runners {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Feed REHEARSAL = new Feed.Race("rehearsal");

  private final TrackLog log;
  private final Hub hub;

  Runners(TrackLog log, Hub hub) {
    this.log = log;
    this.hub = hub;
  }

  void live(Context ctx) {
    ctx.header(Header.CACHE_CONTROL, "no-cache");
    ctx.contentType("application/json").result(MAPPER.writeValueAsBytes(nowLive()));
  }

  /** Who of the public runners is live. */
  ObjectNode nowLive() {
    var answer = MAPPER.createObjectNode();
    ArrayNode runners = answer.putArray("runners");
    for (Position newest : log.latest(REHEARSAL, 1)) {
      Status.State state = hub.status(new Feed.One(newest.runner())).state();
      if (state == Status.State.LIVE) {
        runners.add(runner(newest, state));
      }
    }
    return answer;
  }

  private static ObjectNode runner(Position newest, Status.State state) {
    ObjectNode position = position(newest);
    String id = newest.runner().id();
    return MAPPER
        .createObjectNode()
        .put("id", id)
        .put("name", position.path("name").asString(id))
        .put("state", state.name().toLowerCase(Locale.ROOT))
        .set("position", position);
  }

  private static ObjectNode position(Position position) {
    Fix fix = position.fix();
    ObjectNode json = MAPPER.createObjectNode().put("seq", position.seq()).put("t", position.tMs());
    put(json, "lat", fix.latDeg());
    put(json, "lon", fix.lonDeg());
    put(json, "alt", fix.altM());
    put(json, "acc", fix.accuracyM());
    put(json, "speed", fix.speedMps());
    put(json, "heading", fix.headingDeg());
    put(json, "battery", fix.batteryPercent());
    put(json, "queue", fix.queue());
    if (MAPPER.readTree("{" + fix.extras() + "}") instanceof ObjectNode extras) {
      extras.forEachEntry(json::putIfAbsent);
    }
    return json;
  }

  private static void put(ObjectNode json, String member, double value) {
    if (!Double.isNaN(value)) {
      json.put(member, value);
    }
  }
}
