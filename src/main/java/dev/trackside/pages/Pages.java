package dev.trackside.pages;

import static dev.trackside.pages.Template.escaped;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.call.SiteAddress;
import dev.trackside.picture.FirstPicture;
import dev.trackside.run.Runs;
import dev.trackside.setup.Instructions;
import dev.trackside.sight.RunnerLists;
import dev.trackside.sight.Sight;
import dev.trackside.sight.Sights;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The HTML pages. */
final class Pages {
  private static final String MAY_BE_KEPT = "no-cache";

  private final Access access;
  private final RunnerLists lists;
  private final Sights sights;
  private final SiteAddress site;
  private final Templates templates;
  private final PageSettings settings;
  private final PagePolicy policy;

  Pages(
      Access access,
      RunnerLists lists,
      Sights sights,
      SiteAddress site,
      Templates templates,
      PageSettings settings) {
    this.access = access;
    this.lists = lists;
    this.sights = sights;
    this.site = site;
    this.templates = templates;
    this.settings = settings;
    policy = new PagePolicy(settings, templates.style());
  }

  void first(Context ctx) {
    send(ctx, "map.html", known(lists.nowLive()), MAY_BE_KEPT);
  }

  void runner(Context ctx) {
    Runner runner = PageNames.runner(ctx);
    Optional<Claim> open = access.claims().of(runner).filter(Claim::isPublic);
    if (open.isEmpty()) {
      hide(ctx);
    }
    String name = open.map(Claim::name).orElse("");
    Optional<Sight> seen = access.isPublic(runner) ? sights.see(runner, null) : Optional.empty();
    var values = known(seen);
    values.put("id", runner.id());
    values.put("name", escaped(name));
    values.put("head", Heads.CLOSED);
    if (open.isPresent() && !isEmbedded(ctx)) {
      boolean picture = seen.filter(sight -> !sight.trail().isEmpty()).isPresent();
      String url = site.of(ctx) + "/r/" + runner.id();
      values.put("head", Heads.open(name, ofRunner(name), url, picture));
    }
    send(ctx, "map.html", values, MAY_BE_KEPT);
  }

  private static String ofRunner(String name) {
    return "Where " + name + " is, live on a map.";
  }

  private static String ofRace(String name) {
    return "Where the runners of " + name + " are, live on a map.";
  }

  /** Everybody in a race whom everybody may see. */
  void race(Context ctx) {
    Feed.Race race = PageNames.race(ctx);
    String url = site.of(ctx) + "/race/" + race.race();
    String head =
        isEmbedded(ctx) ? Heads.CLOSED : Heads.open(race.race(), ofRace(race.race()), url, false);
    race(ctx, race, null, head, MAY_BE_KEPT);
  }

  private void race(Context ctx, Feed.Race race, @Nullable Key key, String head, String caching) {
    var values = known(lists.inRace(race, key));
    values.put("id", race.toString());
    values.put("name", race.race());
    values.put("head", head);
    send(ctx, "map.html", values, caching);
  }

  /** What a share link shows. The page takes the key from its address. */
  void shared(Context ctx) {
    hide(ctx);
    ctx.header(Header.CACHE_CONTROL, "no-store"); // errors, too
    String link = ctx.pathParam("link");
    Feed feed = PageNames.link(link, access);
    String name = PageNames.of(feed, access);
    switch (feed) {
      case Feed.One(Runner runner) -> {
        var values = known(sights.see(runner, Key.of(link)));
        values.put("id", runner.id());
        values.put("name", escaped(name));
        values.put("head", Heads.byLink(name, ofRunner(name)));
        send(ctx, "map.html", values, "no-store");
      }
      case Feed.Race race ->
          race(ctx, race, Key.of(link), Heads.byLink(name, ofRace(name)), "no-store");
    }
  }

  /** What is known of a runner when the page is sent, for who may follow them. */
  private Map<String, String> known(Optional<Sight> seen) {
    var values = known(seen.map(sights::json).orElse(""));
    seen.ifPresent(sight -> values.put("first", FirstPicture.of(sight.trail())));
    return values;
  }

  private static Map<String, String> known(String json) {
    var values = new HashMap<>(Map.of("id", "", "name", "", "head", Heads.FIRST, "first", ""));
    values.put("known", Template.inScript(json));
    return values;
  }

  /** What a runner opens. The page takes their key from its address, or makes one. */
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

  private static boolean isEmbedded(Context ctx) {
    return ctx.path().startsWith("/embed/");
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
    all.put("language", Instructions.language(ctx.header(Header.ACCEPT_LANGUAGE)));
    all.put("tiles", escaped(settings.tiles()));
    all.put("attribution", escaped(settings.attribution()));
    all.put("silence", String.valueOf(Runs.SILENCE.toMillis()));
    all.put("page", isEmbedded(ctx) ? "embed" : "");
    guard(ctx, caching).html(templates.page(page, all));
    ctx.res().addHeader(Header.VARY, Header.ACCEPT_LANGUAGE);
  }

  private Context guard(Context ctx, String caching) {
    String host = ctx.header(Header.HOST);
    String allowed = isEmbedded(ctx) ? policy.ofEmbedded(host) : policy.of(host);
    return ctx.header("Content-Security-Policy", allowed).header(Header.CACHE_CONTROL, caching);
  }
}
