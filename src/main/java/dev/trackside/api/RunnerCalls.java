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
import dev.trackside.run.HeavyWork;
import dev.trackside.run.Views;
import dev.trackside.sight.RunnerJson;
import dev.trackside.sight.RunnerLists;
import dev.trackside.sight.RunnerNames;
import dev.trackside.sight.Sight;
import dev.trackside.sight.Sights;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import dev.trackside.track.TrackReader;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Tells how runners are, and erases them. */
record RunnerCalls(
    TrackReader log,
    Intake intake,
    Hub hub,
    Access access,
    Views views,
    RunnerLists lists,
    Sights sights,
    HeavyWork heavy) {
  void live(Context ctx) {
    answer(ctx, lists.nowLive());
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
    String name = new RunnerNames(access.claims()).of(runner, newest);
    ObjectNode answer = RunnerJson.of(runner, name, status, newest);
    Reply.with(
        ctx.header(Header.CACHE_CONTROL, "no-cache"), answer.put("watching", status.watching()));
  }

  /** Answers with the runner's present run. */
  void trail(Context ctx) {
    Runner runner = Addressed.runner(ctx);
    Key key = ShownKey.in(ctx);
    Rights.checkSight(access.toFollow(new Feed.One(runner), key), runner);
    Sight sight = sights.see(runner, key).orElseThrow(() -> Problem.unknown(runner));
    ctx.res().addHeader(Header.VARY, Header.AUTHORIZATION);
    if (!Reply.isKnown(ctx, sight.tag())) {
      answer(ctx, sights.json(sight));
    }
  }

  /** Answers when nothing of the runner is left. */
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

  /** Answers with the runners of a race whom the caller may see. */
  void inRace(Context ctx) {
    Feed.Race race = Addressed.race(ctx);
    Key key = ShownKey.in(ctx);
    if (access.toFollow(race, key) == Right.LINK_ENDED) {
      throw Problem.linkEnded();
    }
    answer(ctx, lists.inRace(race, key));
  }

  /** Answers with JSON that may be long, and that a cache must validate. */
  private void answer(Context ctx, String json) {
    ctx.header(Header.CACHE_CONTROL, "no-cache");
    Reply.with(ctx, "application/json", heavy, () -> json);
  }
}
