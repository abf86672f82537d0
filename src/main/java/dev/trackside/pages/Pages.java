package dev.trackside.pages;

import static dev.trackside.pages.Templates.escaped;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.call.Reply;
import dev.trackside.call.SiteAddress;
import dev.trackside.picture.FirstPicture;
import dev.trackside.run.HeavyWork;
import dev.trackside.run.Runs;
import dev.trackside.setup.Instructions;
import dev.trackside.sight.RunnerLists;
import dev.trackside.sight.Sight;
import dev.trackside.sight.Sights;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that people open in a browser, and that their browsers load for it. */
public final class Pages {
  private static final String CHECK = "no-cache";
  private static final String LEAFLET = "leaflet-1.9.4";

  private final Access access;
  private final RunnerLists lists;
  private final Sights sights;
  private final SiteAddress site;
  private final PageSettings settings;
  private final Templates templates;
  private final PagePolicy policy;
  private final Sharing sharing;
  private final HeavyWork heavy;

  public Pages(
      Access access,
      RunnerLists lists,
      Sights sights,
      SiteAddress site,
      PageSettings settings,
      HeavyWork heavy) {
    this.access = access;
    this.lists = lists;
    this.sights = sights;
    this.site = site;
    this.settings = settings;
    this.heavy = heavy;
    try {
      templates = new Templates();
    } catch (IOException e) {
      throw new UncheckedIOException("The pages cannot be read.", e);
    }
    policy = new PagePolicy(settings, templates.style());
    sharing = new Sharing(access, site, sights, heavy);
  }

  public void addTo(RoutesConfig routes) {
    routes.get("/", ctx -> map(ctx, known(lists.nowLive()), "", "", Heads.FIRST, CHECK));
    routes.get("/r/{id}/qr.svg", sharing::codeOfRunner);
    routes.get("/r/{race}/{bib}/qr.svg", sharing::codeOfRunner);
    routes.get("/race/{race}/qr.svg", sharing::codeOfRace);
    routes.get("/f/{link}/qr.svg", sharing::codeOfLink);
    routes.get("/r/{id}/preview.png", sharing::preview);
    routes.get("/r/{race}/{bib}/preview.png", sharing::preview);
    for (String page : List.of("", "/embed")) {
      routes.get(page + "/r/{id}", this::runner);
      routes.get(page + "/r/{race}/{bib}", this::runner);
      routes.get(page + "/race/{race}", this::race);
      routes.get(page + "/f/{link}", this::shared);
    }
    routes.get("/run", this::run);
    routes.get(
        "/run-worker.js", ctx -> file(ctx, "run-worker.js", "text/javascript; charset=utf-8"));
    routes.get(
        "/run.webmanifest", ctx -> file(ctx, "run.webmanifest", "application/manifest+json"));
    var leaflet = new Assets("/META-INF/resources/webjars/leaflet/1.9.4/dist/", LEAFLET);
    var own = new Assets("/public/assets/", templates.version());
    routes.get("/assets/" + LEAFLET + "/{file}", leaflet);
    routes.get("/assets/{version}/{folder}/{file}", own);
  }

  private void runner(Context ctx) {
    Runner runner = PageNames.runner(ctx);
    Optional<Claim> open = access.claims().of(runner).filter(Claim::isPublic);
    if (open.isEmpty()) {
      hide(ctx);
    }
    String name = open.map(Claim::name).orElse("");
    Optional<Sight> seen = access.isPublic(runner) ? sights.see(runner, null) : Optional.empty();
    String head = Heads.CLOSED;
    if (open.isPresent() && !isEmbedded(ctx)) {
      boolean picture = seen.filter(sight -> !sight.trail().isEmpty()).isPresent();
      String url = site.of(ctx) + "/r/" + runner.id();
      head = Heads.open(name, ofRunner(name), url, picture);
    }
    map(ctx, known(seen), runner.id(), name, head, CHECK);
  }

  private static String ofRunner(String name) {
    return "Where " + name + " is, live on a map.";
  }

  private static String ofRace(String name) {
    return "Where the runners of " + name + " are, live on a map.";
  }

  /** Shows the public runners of a race. */
  private void race(Context ctx) {
    Feed.Race race = PageNames.race(ctx);
    String name = race.race();
    String url = site.of(ctx) + "/race/" + name;
    String head = isEmbedded(ctx) ? Heads.CLOSED : Heads.open(name, ofRace(name), url, false);
    map(ctx, known(lists.inRace(race, null)), race.toString(), name, head, CHECK);
  }

  /** Shows the feed of a share link. The page takes the key from its address. */
  private void shared(Context ctx) {
    hide(ctx);
    ctx.header(Header.CACHE_CONTROL, "no-store"); // for errors, too
    String link = ctx.pathParam("link");
    Feed feed = PageNames.link(link, access);
    String name = PageNames.of(feed, access);
    switch (feed) {
      case Feed.One(Runner runner) -> {
        String head = Heads.byLink(name, ofRunner(name));
        map(ctx, known(sights.see(runner, Key.of(link))), runner.id(), name, head, "no-store");
      }
      case Feed.Race race -> {
        String head = Heads.byLink(name, ofRace(name));
        var known = known(lists.inRace(race, Key.of(link)));
        map(ctx, known, race.toString(), name, head, "no-store");
      }
    }
  }

  /** What the page knows of a runner from the start. */
  private Map<String, String> known(Optional<Sight> seen) {
    var values = known(seen.map(sights::json).orElse(""));
    seen.ifPresent(sight -> values.put("first", heavy.begin(() -> FirstPicture.of(sight.trail()))));
    return values;
  }

  private static Map<String, String> known(String json) {
    return new HashMap<>(Map.of("first", "", "known", Templates.inScript(json)));
  }

  private void map(
      Context ctx, Map<String, String> known, String id, String name, String head, String caching) {
    known.put("id", id);
    known.put("name", escaped(name));
    known.put("head", head);
    send(ctx, "map.html", known, caching);
  }

  /** Shows the runner's page, which takes the key from its address or makes one. */
  private void run(Context ctx) {
    hide(ctx);
    send(ctx, "run.html", Map.of(), CHECK);
  }

  /** Sends what the runner's page needs to be installed and to open without a network. */
  private void file(Context ctx, String name, String type) {
    guard(ctx, CHECK).contentType(type).result(templates.page(name, Map.of()));
  }

  private static boolean isEmbedded(Context ctx) {
    return ctx.path().startsWith("/embed/");
  }

  /** Keeps search engines away from runners who are not public. */
  private static void hide(Context ctx) {
    ctx.header("X-Robots-Tag", "noindex");
  }

  /** Sends a page that says what is wrong. */
  public void sendError(Context ctx, String words) {
    // not where heavy work is done: that may be what fails
    String page = templates.page("error.html", all(ctx, Map.of("words", escaped(words))));
    guard(ctx, "no-store").html(page).res().addHeader(Header.VARY, Header.ACCEPT_LANGUAGE);
  }

  private void send(Context ctx, String page, Map<String, String> values, String caching) {
    Map<String, String> all = all(ctx, values);
    guard(ctx, caching).res().addHeader(Header.VARY, Header.ACCEPT_LANGUAGE);
    Reply.with(ctx, "text/html", heavy, () -> templates.page(page, all));
  }

  private Map<String, String> all(Context ctx, Map<String, String> values) {
    var all = new HashMap<>(values);
    all.put("language", Instructions.language(ctx.header(Header.ACCEPT_LANGUAGE)));
    all.put("tiles", escaped(settings.tiles()));
    all.put("attribution", escaped(settings.attribution()));
    all.put("silence", String.valueOf(Runs.SILENCE.toMillis()));
    all.put("page", isEmbedded(ctx) ? "embed" : "");
    return all;
  }

  private Context guard(Context ctx, String caching) {
    String allowed = policy.of(ctx.header(Header.HOST), isEmbedded(ctx));
    return ctx.header("Content-Security-Policy", allowed).header(Header.CACHE_CONTROL, caching);
  }
}
