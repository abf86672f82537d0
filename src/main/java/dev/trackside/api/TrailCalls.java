package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Key;
import dev.trackside.call.Addressed;
import dev.trackside.call.Problem;
import dev.trackside.call.Rights;
import dev.trackside.call.ShownKey;
import dev.trackside.call.Tags;
import dev.trackside.sight.Sight;
import dev.trackside.sight.Sights;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import io.javalin.http.Context;
import io.javalin.http.Header;

/** Answers how a runner is and where they have been in the present run. */
record TrailCalls(Access access, Sights sights) {
  void get(Context ctx) {
    Runner runner = Addressed.runner(ctx);
    Key key = ShownKey.in(ctx);
    Rights.checkSight(access.toFollow(new Feed.One(runner), key), runner);
    Sight sight = sights.see(runner, key).orElseThrow(() -> Problem.unknown(runner));
    ctx.header(Header.CACHE_CONTROL, "no-cache").header(Header.ETAG, sight.tag());
    ctx.res().addHeader(Header.VARY, Header.ACCEPT_ENCODING + ", " + Header.AUTHORIZATION);
    if (!Tags.answer(ctx, sight.tag())) {
      ctx.contentType("application/json").result(sights.json(sight));
    }
  }
}
