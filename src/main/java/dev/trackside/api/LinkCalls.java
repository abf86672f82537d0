package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Link;
import dev.trackside.call.Addressed;
import dev.trackside.call.Problem;
import dev.trackside.call.Reply;
import dev.trackside.call.Rights;
import dev.trackside.call.ShownKey;
import dev.trackside.call.SiteAddress;
import dev.trackside.setup.QrCode;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Links that let others follow: made, listed, revoked. */
final class LinkCalls {
  private static final int LONGEST_NAME = 100;
  private static final int MOST = 100;
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration USUAL = Duration.ofDays(7);
  private static final Duration LONGEST = Duration.ofDays(366);

  private final Access access;
  private final SiteAddress site;
  private final InstantSource clock;

  LinkCalls(Access access, SiteAddress site, InstantSource clock) {
    this.access = access;
    this.site = site;
    this.clock = clock;
  }

  /** Where a new runner can be followed: by everybody, or through a first link. */
  String toFollow(Context ctx, Claim claim) {
    return claim.isPublic()
        ? site.of(ctx) + "/r/" + claim.runner().id()
        : make(ctx, new Feed.One(claim.runner()), "first", USUAL).get("url").stringValue();
  }

  void make(Context ctx) {
    Feed feed = owned(ctx);
    BodyFields fields = BodyFields.of(ctx, Set.of("name", "expires"));
    String name = fields.text("name", 1, LONGEST_NAME).orElse("");
    long seconds =
        fields
            .number("expires", SHORTEST.toSeconds(), LONGEST.toSeconds())
            .orElse(USUAL.toSeconds());
    if (access.links().of(feed).size() >= MOST) {
      throw Problem.conflict("There are " + MOST + " links of " + feed + " already: revoke some.");
    }
    ObjectNode made = make(ctx, feed, name, Duration.ofSeconds(seconds));
    Reply.with(ctx.header(Header.CACHE_CONTROL, "no-store").status(201), made);
  }

  private ObjectNode make(Context ctx, Feed feed, String name, Duration lifetime) {
    String key = Key.random();
    var link =
        new Link(
            Key.random().substring(0, 10),
            feed,
            name,
            clock.millis() + lifetime.toMillis(),
            Key.of(key).hash());
    access.links().add(link);
    String page = site.of(ctx) + "/f/" + key;
    return shown(link).put("key", key).put("url", page).put("qr", QrCode.svg(page));
  }

  void list(Context ctx) {
    Feed feed = owned(ctx);
    ObjectNode answer = Reply.object();
    ArrayNode all = answer.putArray("links");
    access.links().of(feed).stream()
        .sorted(Comparator.comparingLong(Link::expiresMs))
        .forEach(link -> all.add(shown(link)));
    Reply.with(ctx.header(Header.CACHE_CONTROL, "no-store"), answer);
  }

  void revoke(Context ctx) {
    Feed feed = owned(ctx);
    String id = ctx.pathParam("link");
    Link link =
        access.links().of(feed).stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(Problem::unknownLink);
    access.links().end(link);
    ctx.status(204).res().setContentType(null);
  }

  private Feed owned(Context ctx) {
    Key key = ShownKey.in(ctx);
    if (!ctx.pathParamMap().containsKey("bib") && ctx.pathParamMap().containsKey("race")) {
      if (!access.isAdmin(key)) {
        throw Problem.adminKey("A race's links are made with the admin key.", key);
      }
      return Addressed.race(ctx);
    }
    Runner runner = Addressed.runner(ctx);
    Rights.check(access.toManage(runner, key), runner);
    if (access.claims().of(runner).isEmpty()) {
      throw Problem.unclaimed(runner);
    }
    return new Feed.One(runner);
  }

  private static ObjectNode shown(Link link) {
    return Reply.object()
        .put("id", link.id())
        .put("name", link.name())
        .put("expires", link.expiresMs());
  }
}
