package dev.trackside.api;

import static dev.trackside.api.Template.escaped;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Claim.Visibility;
import dev.trackside.access.Key;
import dev.trackside.access.Link;
import dev.trackside.call.Problem;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.NotFoundResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The HTML pages. */
final class Pages {
  private static final String MAY_BE_KEPT = "no-cache";

  private final Access access;
  private final Runners runners;
  private final RunnerTrail trails;
  private final Templates templates;
  private final PageTerms terms;
  private final PagePolicy policy;

  Pages(Access access, Runners runners, RunnerTrail trails, Templates templates, PageTerms terms) {
    this.access = access;
    this.runners = runners;
    this.trails = trails;
    this.templates = templates;
    this.terms = terms;
    policy = new PagePolicy(terms);
  }

  void first(Context ctx) {
    send(ctx, "map.html", known(Template.inScript(runners.nowLive().toString())), MAY_BE_KEPT);
  }

  void runner(Context ctx) {
    try {
      var runner = new Runner(idIn(ctx));
      Optional<Claim> known =
          access.claimOf(runner).filter(claim -> claim.visibility() == Visibility.PUBLIC);
      if (known.isEmpty()) {
        hide(ctx);
      }
      var values = known("");
      if (access.isPublic(runner)) {
        values.putAll(seen(runner, null));
      }
      values.put("id", runner.id());
      values.put("name", escaped(known.map(Claim::name).orElse("")));
      send(ctx, "map.html", values, MAY_BE_KEPT);
    } catch (IllegalArgumentException e) {
      throw new NotFoundResponse("There is no runner of this name. Check the link you were given.");
    }
  }

  private static String idIn(Context ctx) {
    boolean inRace = ctx.pathParamMap().containsKey("bib");
    String id = inRace ? ctx.pathParam("race") + "/" + ctx.pathParam("bib") : ctx.pathParam("id");
    if (inRace == new Runner(id).race().isEmpty()) {
      throw new IllegalArgumentException("{id} never holds a slash");
    }
    return id;
  }

  /** Everybody in a race whom everybody may see. */
  void race(Context ctx) {
    try {
      race(ctx, new Feed.Race(ctx.pathParam("race")), null, MAY_BE_KEPT);
    } catch (IllegalArgumentException e) {
      throw new NotFoundResponse("There is no race of this name. Check the link you were given.");
    }
  }

  private void race(Context ctx, Feed.Race race, @Nullable Key key, String caching) {
    var values = known(Template.inScript(runners.inRace(race, key).toString()));
    values.put("id", race.toString());
    values.put("name", race.race());
    send(ctx, "map.html", values, caching);
  }

  /** What a share link shows. The page takes the key from its address. */
  void shared(Context ctx) {
    hide(ctx);
    ctx.header(Header.CACHE_CONTROL, "no-store"); // errors, too
    var key = Key.of(ctx.pathParam("link"));
    Link link = access.linkBy(key).orElseThrow(Problem::noSuchLink);
    if (!access.toFollow(link.feed(), key).isGranted()) {
      throw Problem.linkEnded(nameOf(link.feed()));
    }
    switch (link.feed()) {
      case Feed.One(Runner runner) -> {
        var values = known("");
        values.putAll(seen(runner, key));
        values.put("id", runner.id());
        values.put("name", escaped(nameOf(link.feed())));
        send(ctx, "map.html", values, "no-store");
      }
      case Feed.Race race -> race(ctx, race, key, "no-store");
    }
  }

  private String nameOf(Feed feed) {
    return switch (feed) {
      case Feed.One(Runner runner) -> access.claimOf(runner).map(Claim::name).orElse(runner.id());
      case Feed.Race(String race) -> race;
    };
  }

  /** What is known of a runner when the page is sent, for who may follow him. */
  private Map<String, String> seen(Runner runner, @Nullable Key key) {
    return trails
        .see(runner, key)
        .map(sight -> Map.of("known", Template.inScript(trails.json(sight))))
        .orElse(Map.of());
  }

  private static Map<String, String> known(String json) {
    var values = new HashMap<>(Map.of("id", "", "name", "", "page", "", "head", "", "first", ""));
    values.put("known", json);
    return values;
  }

  /** What a runner opens. The page takes his key from its address, or makes one. */
  void run(Context ctx) {
    hide(ctx);
    send(ctx, "run.html", Map.of(), MAY_BE_KEPT);
  }

  /** What opens the runner's page without a network. It loads by the page's own rules. */
  void runWorker(Context ctx) {
    guard(ctx, MAY_BE_KEPT)
        .contentType("text/javascript; charset=utf-8")
        .result(templates.page("run-worker.js", Map.of()));
  }

  /** What a browser must know to install the runner's page. */
  void runManifest(Context ctx) {
    guard(ctx, MAY_BE_KEPT)
        .contentType("application/manifest+json")
        .result(templates.page("run.webmanifest", Map.of()));
  }

  /** Search engines shall not lead to people who have not made themselves public. */
  private static void hide(Context ctx) {
    ctx.header("X-Robots-Tag", "noindex");
  }

  /** A page that says what is wrong, in place of the one that was asked for. */
  void error(Context ctx, String words) {
    send(ctx, "error.html", Map.of("words", escaped(words)), "no-store");
  }

  private void send(Context ctx, String page, Map<String, String> values, String caching) {
    var all = new HashMap<>(values);
    all.put("tiles", escaped(terms.tiles()));
    all.put("attribution", escaped(terms.attribution()));
    guard(ctx, caching).html(templates.page(page, all));
  }

  private Context guard(Context ctx, String caching) {
    return ctx.header("Content-Security-Policy", policy.of(ctx.header(Header.HOST)))
        .header(Header.CACHE_CONTROL, caching);
  }
}
