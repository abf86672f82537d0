package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.call.Problem;
import dev.trackside.call.Reply;
import dev.trackside.call.ShownKey;
import dev.trackside.hub.Hub;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Status;
import dev.trackside.track.TrackReader;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Tells somebody who has nothing but a key whose it is, and how that runner is. */
record MeCalls(TrackReader log, Hub hub, Access access) {
  void get(Context ctx) {
    Key shown = ShownKey.in(ctx);
    Claim claim =
        Optional.ofNullable(shown)
            .flatMap(access.claims()::by)
            .orElseThrow(() -> Problem.keyOfARunner(shown));
    var feed = new Feed.One(claim.runner());
    List<Position> latest = log.latest(feed, 1);
    Status status = hub.status(feed, latest.isEmpty() ? null : latest.getFirst());
    ObjectNode answer =
        Reply.object()
            .put("id", claim.runner().id())
            .put("name", claim.name())
            .put("visibility", claim.visibility().name().toLowerCase(Locale.ROOT))
            .put("mask", claim.privacy().maskM())
            .put("state", status.state().name().toLowerCase(Locale.ROOT))
            .put("watching", status.watching());
    if (status.heardMs() > 0) {
      answer.put("heard", status.heardMs());
    }
    if (claim.run().asksSinceMs() > 0) {
      answer.put("sos", claim.run().asksSinceMs());
    }
    if (claim.run().finished()) {
      answer.put("finished", claim.run().finishedMs());
    }
    Reply.with(ctx.header(Header.CACHE_CONTROL, "no-store"), answer);
  }
}
