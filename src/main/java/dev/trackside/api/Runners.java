package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.hub.Hub;
import dev.trackside.hub.Status;
import dev.trackside.json.PositionJson;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.List;
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
  private final Access access;
  private final boolean rehearses;

  Runners(TrackLog log, Hub hub, Access access, boolean rehearses) {
    this.log = log;
    this.hub = hub;
    this.access = access;
    this.rehearses = rehearses;
  }

  void live(Context ctx) {
    ctx.header(Header.CACHE_CONTROL, "no-cache");
    ctx.contentType("application/json").result(MAPPER.writeValueAsBytes(nowLive()));
  }

  void one(Context ctx) {
    Runner runner = Addressed.runner(ctx);
    var feed = new Feed.One(runner);
    List<Position> newest = access.mayFollow(feed) ? log.latest(feed, 1) : List.of();
    if (newest.isEmpty()) {
      throw Problem.unknown(runner);
    }
    Status status = hub.status(feed);
    ctx.header(Header.CACHE_CONTROL, "no-cache").contentType("application/json");
    ctx.result(
        MAPPER.writeValueAsBytes(
            runner(newest.getFirst(), status.state()).put("watching", status.watching())));
  }

  /** Returns when nothing of the runner is left. */
  void erase(Context ctx) {
    Runner runner = Addressed.runner(ctx);
    if (!access.mayErase(runner)) {
      throw Problem.keyMissing(runner);
    }
    if (log.latest(new Feed.One(runner), 1).isEmpty()) {
      throw Problem.unknown(runner);
    }
    log.forget(runner);
    ctx.status(204).res().setContentType(null);
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
    ObjectNode runner =
        MAPPER
            .createObjectNode()
            .put("id", newest.runner().id())
            .put("name", Names.of(newest))
            .put("state", state.name().toLowerCase(Locale.ROOT));
    return runner.set("position", MAPPER.readTree(PositionJson.of(newest)));
  }
}
