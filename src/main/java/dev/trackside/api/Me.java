package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Shown;
import dev.trackside.call.Problem;
import dev.trackside.call.Reply;
import dev.trackside.hub.Hub;
import dev.trackside.hub.Status;
import dev.trackside.track.Feed;
import dev.trackside.track.TrackLog;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Tells somebody who has nothing but a key whose it is, and how that runner is. */
final class Me {
  private final TrackLog log;
  private final Hub hub;
  private final Access access;

  Me(TrackLog log, Hub hub, Access access) {
    this.log = log;
    this.hub = hub;
    this.access = access;
  }

  void get(Context ctx) {
    Key shown = Shown.in(ctx);
    Claim claim =
        Optional.ofNullable(shown)
            .flatMap(access::claimBy)
            .orElseThrow(() -> Problem.keyOfARunner(shown));
    Status status = hub.status(new Feed.One(claim.runner()), log);
    ObjectNode answer =
        Reply.object()
            .put("id", claim.runner().id())
            .put("name", claim.name())
            .put("visibility", claim.visibility().name().toLowerCase(Locale.ROOT))
            .put("mask", claim.maskM())
            .put("state", status.state().name().toLowerCase(Locale.ROOT))
            .put("watching", status.watching());
    if (status.heardMs() > 0) {
      answer.put("heard", status.heardMs());
    }
    if (claim.asksSinceMs() > 0) {
      answer.put("sos", claim.asksSinceMs());
    }
    if (claim.finished()) {
      answer.put("finished", claim.finishedMs());
    }
    Reply.with(ctx.header(Header.CACHE_CONTROL, "no-store"), answer);
  }
}
