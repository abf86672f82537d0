package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Claims;
import dev.trackside.access.Key;
import dev.trackside.access.Privacy;
import dev.trackside.access.Visibility;
import dev.trackside.call.Problem;
import dev.trackside.call.Reply;
import dev.trackside.call.Rights;
import dev.trackside.call.ShownKey;
import dev.trackside.hub.Hub;
import dev.trackside.run.Runs;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.Status;
import dev.trackside.track.TrackReader;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What the owner of a claim reads and changes. */
record OwnerCalls(TrackReader log, Hub hub, Runs runs, Access access, InstantSource clock) {
  private static final int WIDEST_MASK_M = 5_000;

  /** Tells a caller who has nothing but a key which runner it belongs to. */
  void me(Context ctx) {
    Key shown = ShownKey.in(ctx);
    Claim claim =
        Optional.ofNullable(shown)
            .flatMap(access.claims()::by)
            .orElseThrow(() -> Problem.keyOfARunner(shown));
    var feed = new Feed.One(claim.runner());
    List<Position> latest = log.latest(feed, 1);
    Status status = hub.status(feed, latest.isEmpty() ? null : latest.getFirst());
    ObjectNode answer =
        settings(claim)
            .put("state", status.state().name().toLowerCase(Locale.ROOT))
            .put("watching", status.watching());
    if (status.heardMs() > 0) {
      answer.put("heard", status.heardMs());
    }
    Reply.secretly(ctx, withRun(answer, claim));
  }

  void change(Context ctx) {
    Runner runner = Rights.managed(ctx, access).runner();
    BodyFields fields = BodyFields.of(ctx, Set.of("name", "visibility", "mask", "sos", "finished"));
    Optional<String> name = fields.text("name", 1, ClaimCalls.LONGEST_NAME);
    Optional<Visibility> visibility = ClaimCalls.visibility(fields);
    Optional<Integer> maskM = fields.number("mask", 0, WIDEST_MASK_M).map(Long::intValue);
    Optional<Boolean> finished = fields.flag("finished");
    Optional<Boolean> sos = fields.flag("sos");
    Claims claims = access.claims();
    Optional<Claim> changed =
        claims.change(
            runner,
            claim ->
                claim.shown(
                    name.orElse(claim.name()),
                    visibility.orElse(claim.visibility()),
                    new Privacy(maskM.orElse(claim.privacy().maskM()))));
    if (sos.isPresent()) {
      long nowMs = clock.millis();
      changed = claims.changeRun(runner, run -> sos.get() ? run.asking(nowMs) : run.helped());
    }
    if (finished.isPresent()) {
      changed = finished.get() ? runs.finish(runner) : runs.begin(runner);
    }
    Claim claim = changed.orElseThrow(() -> Problem.unclaimed(runner));
    Reply.with(ctx, withRun(settings(claim), claim));
  }

  /** Replaces the key. */
  void rotate(Context ctx) {
    Runner runner = Rights.managed(ctx, access).runner();
    String key = Key.random();
    if (access.claims().change(runner, claim -> claim.rekeyed(Key.of(key).hash())).isEmpty()) {
      throw Problem.unclaimed(runner);
    }
    Reply.secretly(ctx, Reply.object().put("id", runner.id()).put("key", key));
  }

  private static ObjectNode settings(Claim claim) {
    return Reply.object()
        .put("id", claim.runner().id())
        .put("name", claim.name())
        .put("visibility", claim.visibility().name().toLowerCase(Locale.ROOT))
        .put("mask", claim.privacy().maskM());
  }

  private static ObjectNode withRun(ObjectNode answer, Claim claim) {
    if (claim.run().asksSinceMs() > 0) {
      answer.put("sos", claim.run().asksSinceMs());
    }
    return claim.run().finished() ? answer.put("finished", claim.run().finishedMs()) : answer;
  }
}
