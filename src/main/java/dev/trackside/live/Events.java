package dev.trackside.live;

import dev.trackside.access.Key;
import dev.trackside.access.Right;
import dev.trackside.call.Callers;
import dev.trackside.call.Problem;
import dev.trackside.call.ShownKey;
import dev.trackside.caller.Caller;
import dev.trackside.caller.RetryAfter;
import dev.trackside.hub.Start;
import dev.trackside.hub.SubscribeOptions;
import dev.trackside.sse.EventStream;
import dev.trackside.sse.StreamLimits;
import dev.trackside.track.Feed;
import dev.trackside.track.Quoted;
import dev.trackside.track.Runner;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.Header;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.ServiceUnavailableResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The calls that an event stream answers. Safe for use by many threads. */
public final class Events {
  private static final long MOST_SEQ = (1L << 53) - 1;
  private static final int MOST_TRAIL = 10_000;
  private static final String RETRY_AFTER_SECONDS = "5";

  /** What a call asks for. */
  record Wish(Feed feed, @Nullable Key key, SubscribeOptions options, Start start) {}

  private final Live live;
  private final Callers callers;
  private final StreamLimits limits;
  private final AtomicInteger streams = new AtomicInteger();

  public Events(Live live, Callers callers, StreamLimits limits) {
    this.live = live;
    this.callers = callers;
    this.limits = limits;
  }

  public void addTo(RoutesConfig routes) {
    for (String path :
        List.of("/api/runners/{id}/events", "/api/races/{race}/runners/{bib}/events")) {
      routes.get(path, this::open);
      routes.head(path, this::describe);
    }
  }

  private void describe(Context ctx) {
    wish(ctx);
    EventStream.describe(ctx);
  }

  private void open(Context ctx) {
    Wish wish = wish(ctx);
    if (streams.get() >= limits.most()) {
      ctx.header(Header.RETRY_AFTER, RETRY_AFTER_SECONDS);
      throw new ServiceUnavailableResponse(
          "There are " + limits.most() + " event streams already. Come back later.");
    }
    Caller caller = callers.of(ctx);
    caller.opens().ifPresent(Events::refuse);
    Runnable leaves = caller.enters().orElseThrow(() -> Problem.tooMany(caller.full()));
    EventStream.answer(ctx, limits, live.timer, stream -> enter(stream, wish), leaves);
  }

  private static void refuse(RetryAfter retryAfter) {
    throw Problem.tooMany(retryAfter);
  }

  private EventStream.Reader enter(EventStream stream, Wish wish) {
    streams.incrementAndGet();
    return new SseSession(live, stream, wish, streams::decrementAndGet);
  }

  private Wish wish(Context ctx) {
    Key key = ShownKey.in(ctx);
    Feed feed = feed(ctx, key);
    int trail = (int) number("trail", ctx.queryParam("trail"), MOST_TRAIL, 1);
    long paceMs =
        number("pace", ctx.queryParam("pace"), PaceSteps.MOST_MS, Session.USUAL_PACE.toMillis());
    var options =
        new SubscribeOptions(
            live.events,
            PaceSteps.of(paceMs),
            flag("events", ctx.queryParam("events")),
            live.views.forAll());
    String last = ctx.header("Last-Event-ID");
    long after =
        last == null || last.isEmpty()
            ? number("after", ctx.queryParam("after"), MOST_SEQ, -1)
            : number("Last-Event-ID", last, MOST_SEQ, -1);
    Start start = after < 0 ? new Start.Recent(trail) : new Start.After(after, trail);
    return new Wish(feed, key, options, start);
  }

  private Feed feed(Context ctx, @Nullable Key key) {
    boolean inRace = ctx.pathParamMap().containsKey("race");
    String id = inRace ? ctx.pathParam("race") + "/" + ctx.pathParam("bib") : ctx.pathParam("id");
    try {
      var runner = new Runner(id);
      if (runner.race().isEmpty() != inRace) {
        var feed = new Feed.One(runner);
        Right right = live.access.toFollow(feed, key);
        if (right == Right.LINK_ENDED) {
          throw new ForbiddenResponse("This link has ended.");
        } else if (right.isGranted()) {
          return feed;
        } else if (live.access.isWrong(right, key)) {
          callers.of(ctx).showsWrongKey().ifPresent(Events::refuse);
        }
      }
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
    throw new NotFoundResponse("There is no runner with this name.");
  }

  private static long number(String name, @Nullable String value, long most, long without) {
    if (value == null) {
      return without;
    }
    if (value.matches("\\d{1,16}") && Long.parseLong(value) <= most) {
      return Long.parseLong(value);
    }
    throw Problem.badRequest(
        "%s must be a whole number from 0 to %d, got %s".formatted(name, most, Quoted.of(value)));
  }

  private static boolean flag(String name, @Nullable String value) {
    return switch (value) {
      case null -> false;
      case "true" -> true;
      case "false" -> false;
      default ->
          throw Problem.badRequest(
              "%s must be true or false, got %s".formatted(name, Quoted.of(value)));
    };
  }
}
