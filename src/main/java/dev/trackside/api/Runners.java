package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Right;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is told about runners. */
final class Runners {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int MOST_LIVE = 1_000;
  private static final int MOST_IN_RACE = 2_000;

  private final TrackLog log;
  private final Hub hub;
  private final Access access;
  private final Views views;
  private final Names names;
  private final InstantSource clock;

  Runners(TrackLog log, Hub hub, Access access, InstantSource clock) {
    this.log = log;
    this.hub = hub;
    this.access = access;
    this.views = new Views(log, access);
    this.names = new Names(access);
    this.clock = clock;
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
        newest.isEmpty() ? runner(runner, status) : runner(newest.getFirst(), status);
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

  /** Everybody in a race whom the caller may see. */
  void inRace(Context ctx) {
    Feed.Race race = Addressed.race(ctx);
    Key key = Shown.in(ctx);
    if (access.toFollow(race, key) == Right.LINK_ENDED) {
      throw Problem.linkEnded();
    }
    Reply.with(ctx.header(Header.CACHE_CONTROL, "no-cache"), inRace(race, key));
  }

  /** Those of a race whom somebody may see, by their newest positions: the last who were heard. */
  ObjectNode inRace(Feed.Race race, @Nullable Key key) {
    ObjectNode answer = Reply.object().put("race", race.race()).put("now", clock.millis());
    ArrayNode runners = answer.putArray("runners");
    TrackLog seen = views.of(race, key);
    List<Position> all = seen.latest(race, 1);
    for (Position newest : all.subList(Math.max(0, all.size() - MOST_IN_RACE), all.size())) {
      runners.add(runner(newest, hub.status(new Feed.One(newest.runner()), seen)));
    }
    return answer;
  }

  /** Who of the public runners is live. */
  ObjectNode nowLive() {
    ObjectNode answer = Reply.object().put("now", clock.millis());
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
    Status status = hub.status(new Feed.One(newest.runner()), views.forAll());
    if (status.state() == Status.State.LIVE) {
      runners.add(runner(newest, status));
    }
  }

  private ObjectNode runner(Position newest, Status status) {
    return runner(newest.runner(), status)
        .put("name", names.of(newest.runner(), newest))
        .set("position", MAPPER.readTree(PositionJson.of(newest)));
  }

  private ObjectNode runner(Runner runner, Status status) {
    ObjectNode about =
        Reply.object()
            .put("id", runner.id())
            .put("name", names.of(runner, null))
            .put("state", status.state().name().toLowerCase(Locale.ROOT));
    if (status.sosMs() > 0) {
      about.put("sos", status.sosMs());
    }
    if (status.finishedMs() > 0) {
      about.put("finished", status.finishedMs());
    }
    return about;
  }
}
