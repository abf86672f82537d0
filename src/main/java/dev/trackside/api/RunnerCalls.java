package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Key;
import dev.trackside.access.Right;
import dev.trackside.call.Addressed;
import dev.trackside.call.Problem;
import dev.trackside.call.Reply;
import dev.trackside.call.Rights;
import dev.trackside.call.ShownKey;
import dev.trackside.hub.Hub;
import dev.trackside.intake.Intake;
import dev.trackside.run.Views;
import dev.trackside.sight.RunnerJson;
import dev.trackside.sight.RunnerLists;
import dev.trackside.sight.RunnerNames;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import dev.trackside.track.TrackReader;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What is told about runners, and how they are erased. */
final class RunnerCalls {
  private final TrackReader log;
  private final Intake intake;
  private final Hub hub;
  private final Access access;
  private final Views views;
  private final RunnerLists lists;
  private final RunnerNames names;

  RunnerCalls(
      TrackReader log, Intake intake, Hub hub, Access access, Views views, RunnerLists lists) {
    this.log = log;
    this.intake = intake;
    this.hub = hub;
    this.access = access;
    this.views = views;
    this.lists = lists;
    this.names = new RunnerNames(access.claims());
  }

  void live(Context ctx) {
    json(ctx, lists.nowLive());
  }

  void one(Context ctx) {
    Runner runner = Addressed.runner(ctx);
    Key key = ShownKey.in(ctx);
    var feed = new Feed.One(runner);
    Rights.checkSight(access.toFollow(feed, key), runner);
    List<Position> latest = views.of(feed, key).latest(feed, 1);
    Position newest = latest.isEmpty() ? null : latest.getFirst();
    if (newest == null && access.claims().of(runner).isEmpty()) {
      throw Problem.unknown(runner);
    }
    Status status = hub.status(feed, newest);
    ObjectNode answer = RunnerJson.of(runner, names.of(runner, newest), status, newest);
    Reply.with(
        ctx.header(Header.CACHE_CONTROL, "no-cache"), answer.put("watching", status.watching()));
  }

  /** Returns when nothing of the runner is left. */
  void erase(Context ctx) {
    Runner runner = Addressed.runner(ctx);
    Rights.check(access.toManage(runner, ShownKey.in(ctx)), runner);
    boolean claimed = access.claims().of(runner).isPresent();
    if (!claimed && log.latest(new Feed.One(runner), 1).isEmpty()) {
      throw Problem.unknown(runner);
    }
    intake.erase(runner);
    ctx.status(204).res().setContentType(null);
  }

  /** Everybody in a race whom the caller may see. */
  void inRace(Context ctx) {
    Feed.Race race = Addressed.race(ctx);
    Key key = ShownKey.in(ctx);
    if (access.toFollow(race, key) == Right.LINK_ENDED) {
      throw Problem.linkEnded();
    }
    json(ctx, lists.inRace(race, key));
  }

  private static void json(Context ctx, String json) {
    ctx.header(Header.CACHE_CONTROL, "no-cache").contentType("application/json").result(json);
  }
}
