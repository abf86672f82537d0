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
import dev.trackside.run.HeavyWork;
import dev.trackside.setup.QrCode;
import dev.trackside.track.Feed;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes, lists and revokes the links that let others follow. */
record LinkCalls(Access access, SiteAddress site, HeavyWork heavy, InstantSource clock) {
  /** A new link, and the page that it leads to, whose address ends with its key. */
  private record Made(Link link, String key, String page) {}

  private static final int LONGEST_NAME = 100;
  private static final int MOST = 100;
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration USUAL = Duration.ofDays(7);
  private static final Duration LONGEST = Duration.ofDays(366);

  /** The address to follow a new runner at: their public page, or a first link. */
  String toFollow(Context ctx, Claim claim) {
    return claim.isPublic()
        ? site.of(ctx) + "/r/" + claim.runner().id()
        : make(ctx, new Feed.One(claim.runner()), "first", USUAL).page();
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
      throw Problem.conflict("There are " + MOST + " links to " + feed + " already: revoke some.");
    }
    Made made = make(ctx, feed, name, Duration.ofSeconds(seconds));
    String code = heavy.goOn(() -> QrCode.svg(made.page()));
    Reply.secretly(
        ctx.status(201),
        json(made.link()).put("key", made.key()).put("url", made.page()).put("qr", code));
  }

  private Made make(Context ctx, Feed feed, String name, Duration lifetime) {
    String key = Key.random();
    String id = Key.random().substring(0, 10);
    long expiresMs = clock.millis() + lifetime.toMillis();
    var link = new Link(id, feed, name, expiresMs, Key.of(key).hash());
    access.links().add(link);
    return new Made(link, key, site.of(ctx) + "/f/" + key);
  }

  void list(Context ctx) {
    Feed feed = owned(ctx);
    ObjectNode answer = Reply.object();
    ArrayNode all = answer.putArray("links");
    access.links().of(feed).stream()
        .sorted(Comparator.comparingLong(Link::expiresMs))
        .forEach(link -> all.add(json(link)));
    Reply.secretly(ctx, answer);
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
    if (ctx.pathParamMap().containsKey("bib") || !ctx.pathParamMap().containsKey("race")) {
      return new Feed.One(Rights.managed(ctx, access).runner());
    }
    Key key = ShownKey.in(ctx);
    if (!access.isAdmin(key)) {
      throw Problem.adminKey("A race's links need the admin key.", key);
    }
    return Addressed.race(ctx);
  }

  private static ObjectNode json(Link link) {
    return Reply.object()
        .put("id", link.id())
        .put("name", link.name())
        .put("expires", link.expiresMs());
  }
}
