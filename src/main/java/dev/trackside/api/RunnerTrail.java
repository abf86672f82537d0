package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Key;
import dev.trackside.access.Shown;
import dev.trackside.access.Views;
import dev.trackside.call.Addressed;
import dev.trackside.call.Problem;
import dev.trackside.call.Rights;
import dev.trackside.hub.Hub;
import dev.trackside.hub.Status;
import dev.trackside.json.Json;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.trail.Trail;
import dev.trackside.trail.Trails;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers how a runner is and where he has been in the present run. */
final class RunnerTrail {
  /**
   * What one may see of a runner.
   *
   * @param hidden tells apart what is hidden of him
   */
  record Sight(Runner runner, String name, Status status, Trail trail, String hidden) {
    /** Differs whenever the trail does. */
    String trailTag() {
      return "W/\"%s%s\"".formatted(ends(), hidden);
    }

    /** Differs whenever anything does but the time. */
    String tag() {
      return "W/\"%s-%x%s\"".formatted(ends(), Objects.hash(name, status), hidden);
    }

    private String ends() {
      return Long.toString(trail.firstSeq(), Character.MAX_RADIX)
          + '-'
          + Long.toString(trail.seq(), Character.MAX_RADIX);
    }
  }

  private final Hub hub;
  private final Access access;
  private final Views views;
  private final Names names;
  private final Trails trails;
  private final InstantSource clock;

  RunnerTrail(TrackLog log, Hub hub, Access access, InstantSource clock) {
    this.hub = hub;
    this.access = access;
    this.clock = clock;
    views = new Views(log, access);
    names = new Names(access);
    trails = new Trails(clock);
    access.whenRemoved(trails::forget);
  }

  void get(Context ctx) {
    Runner runner = Addressed.runner(ctx);
    Key key = Shown.in(ctx);
    Rights.checkSight(access.toFollow(new Feed.One(runner), key), runner);
    Sight sight = see(runner, key).orElseThrow(() -> Problem.unknown(runner));
    ctx.header(Header.CACHE_CONTROL, "no-cache").header(Header.ETAG, sight.tag());
    ctx.res().addHeader(Header.VARY, Header.ACCEPT_ENCODING + ", " + Header.AUTHORIZATION);
    if (!Tags.answer(ctx, sight.tag())) {
      ctx.contentType("application/json").result(json(sight));
    }
  }

  /** How somebody who may follow a runner sees him; nothing when there is no such runner. */
  Optional<Sight> see(Runner runner, @Nullable Key key) {
    var feed = new Feed.One(runner);
    TrackLog seen = views.of(feed, key);
    Position newest = seen.latest(feed, 1).stream().findFirst().orElse(null);
    if (newest == null && access.claimOf(runner).isEmpty()) {
      return Optional.empty();
    }
    Status status = hub.status(feed, seen);
    Trail trail = newest == null ? Trail.NONE : trails.of(runner, seen, () -> hidden(runner, key));
    return Optional.of(
        new Sight(runner, names.of(runner, newest), status, trail, hidden(runner, key)));
  }

  /** What is hidden is looked up behind what is seen: looking may find that a run is over. */
  private String hidden(Runner runner, @Nullable Key key) {
    return access.owns(runner, key) ? "-whole" : access.maskTag(runner);
  }

  String json(Sight sight) {
    Status status = sight.status;
    var json = new StringBuilder(16_384);
    json.append("{\"id\":\"").append(sight.runner.id());
    json.append("\",\"name\":").append(Json.quoted(sight.name));
    json.append(",\"now\":").append(clock.millis());
    json.append(",\"state\":\"").append(status.state().name().toLowerCase(Locale.ROOT));
    json.append("\",\"watching\":").append(status.watching());
    if (status.state() != Status.State.UNKNOWN) {
      moment(json, "heard", status.heardMs());
    }
    moment(json, "sos", status.sosMs());
    moment(json, "finished", status.finishedMs());
    moment(json, "behind", status.behind());
    TrailJson.append(sight.trail, json.append(",\n"));
    return json.append("}\n").toString();
  }

  private static void moment(StringBuilder json, String name, long value) {
    if (value > 0) {
      json.append(",\"").append(name).append("\":").append(value);
    }
  }
}
