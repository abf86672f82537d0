package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Shown;
import dev.trackside.access.Views;
import dev.trackside.call.Addressed;
import dev.trackside.call.Problem;
import dev.trackside.call.Reply;
import dev.trackside.call.Rights;
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
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is told about runners. */
final class Runners {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int MOST_LIVE = 1_000;

  private final TrackLog log;
  private final Hub hub;
  private final Access access;
  private final Views views;

  Runners(TrackLog log, Hub hub, Access access) {
    this.log = log;
    this.hub = hub;
    this.access = access;
    this.views = new Views(log, access);
  }

  void live(Context ctx) {
    ctx.header(Header.CACHE_CONTROL, "no-cache");
    Reply.with(ctx, nowLive());
  }

  void one(Context ctx) {
    Runner runner = Addressed.runner(ctx);
    var feed = new Feed.One(runner);
    Rights.checkSight(access.toFollow(feed, Shown.in(ctx)), runner);
    TrackLog seen = views.of(feed, Shown.in(ctx));
    List<Position> newest = seen.latest(feed, 1);
    if (newest.isEmpty() && access.claimOf(runner).isEmpty()) {
      throw Problem.unknown(runner);
    }
    Status status = hub.status(feed, seen);
    ObjectNode answer =
        newest.isEmpty()
            ? runner(runner, status.state())
            : runner(newest.getFirst(), status.state());
    if (status.sosMs() > 0) {
      answer.put("sos", status.sosMs());
    }
    if (status.finishedMs() > 0) {
      answer.put("finished", status.finishedMs());
    }
    Reply.with(
        ctx.header(Header.CACHE_CONTROL, "no-cache"), answer.put("watching", status.watching()));
  }

  /** Returns when nothing of the runner is left. */
  void erase(Context ctx) {
    Runner runner = Addressed.runner(ctx);
    Rights.check(access.toManage(runner, Shown.in(ctx)), runner);
    boolean claimed = access.claimOf(runner).isPresent();
    if (!claimed && log.latest(new Feed.One(runner), 1).isEmpty()) {
      throw Problem.unknown(runner);
    }
    access.finish(runner); // nothing of him comes in behind
    log.forget(runner);
    access.remove(runner);
    ctx.status(204).res().setContentType(null);
  }

  /** Who of the public runners is live. */
  ObjectNode nowLive() {
    var answer = Reply.object();
    ArrayNode runners = answer.putArray("runners");
    shown().forEach(newest -> addIfLive(runners, newest));
    return answer;
  }

  private Stream<Position> shown() {
    return access.claims().stream()
        .filter(claim -> claim.visibility() == Claim.Visibility.PUBLIC && !claim.finished())
        .flatMap(claim -> views.forAll().latest(new Feed.One(claim.runner()), 1).stream())
        .limit(MOST_LIVE);
  }

  private void addIfLive(ArrayNode runners, Position newest) {
    Status.State state = hub.status(new Feed.One(newest.runner()), views.forAll()).state();
    if (state == Status.State.LIVE) {
      runners.add(runner(newest, state));
    }
  }

  private ObjectNode runner(Position newest, Status.State state) {
    return runner(newest.runner(), state)
        .put("name", nameOf(newest))
        .set("position", MAPPER.readTree(PositionJson.of(newest)));
  }

  private ObjectNode runner(Runner runner, Status.State state) {
    return Reply.object()
        .put("id", runner.id())
        .put("name", access.claimOf(runner).map(Claim::name).orElse(runner.id()))
        .put("state", state.name().toLowerCase(Locale.ROOT));
  }

  private String nameOf(Position newest) {
    return access
        .claimOf(newest.runner())
        .map(Claim::name)
        .filter(name -> !name.equals(newest.runner().id()))
        .orElseGet(() -> Names.of(newest));
  }
}
