package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Callers;
import dev.trackside.access.Later;
import dev.trackside.access.Origins;
import dev.trackside.access.PublicUrl;
import dev.trackside.call.Intake;
import dev.trackside.call.Problem;
import dev.trackside.hub.Hub;
import dev.trackside.track.TrackLog;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Everything that HTTP serves beside the WebSocket. Safe for use by many threads. */
public final class Api {
  private static final String LEAFLET = "leaflet-1.9.4";

  private final Templates templates;
  private final Pages pages;
  private final Errors errors;
  private final Runners runners;
  private final Positions positions;
  private final Tracks tracks;
  private final RunnerTrail trail;
  private final Claims claims;
  private final Links links;
  private final Sharing sharing;
  private final Apps apps;
  private final Me me;
  private final Description description = new Description();
  private final CrossOrigin crossOrigin;
  private final Callers callers;

  /**
   * @param callers counts what each address does
   * @param origins the sites whose pages may change something
   * @param url where links lead
   * @param terms what the operator has chosen about the pages
   */
  public Api(
      TrackLog log,
      Hub hub,
      Access access,
      Callers callers,
      Origins origins,
      PublicUrl url,
      InstantSource clock,
      PageTerms terms) {
    crossOrigin = new CrossOrigin(origins);
    this.callers = callers;
    try {
      templates = Templates.read();
    } catch (IOException e) {
      throw new UncheckedIOException("The pages are not in the jar.", e);
    }
    runners = new Runners(log, hub, access, clock);
    trail = new RunnerTrail(log, hub, access, clock);
    links = new Links(access, url, clock);
    pages = new Pages(access, runners, trail, links, templates, terms);
    sharing = new Sharing(access, links, trail);
    errors = new Errors(pages, access, callers);
    positions = new Positions(new Intake(log, hub), access);
    tracks = new Tracks(log, access);
    apps = new Apps(access, links);
    claims = new Claims(log, access, links, apps, clock);
    me = new Me(log, hub, access);
  }

  /** Adds the routes, and answers what no route does. */
  public void install(JavalinConfig cfg) {
    cfg.http.prefer405over404 = true;
    cfg.routes.before("/api/*", crossOrigin::open);
    cfg.routes.before(crossOrigin::check);
    cfg.routes.get("/", pages::first);
    cfg.routes.get("/r/{id}/qr.svg", sharing::codeOfRunner);
    cfg.routes.get("/r/{race}/{bib}/qr.svg", sharing::codeOfRunner);
    cfg.routes.get("/race/{race}/qr.svg", sharing::codeOfRace);
    cfg.routes.get("/f/{link}/qr.svg", sharing::codeOfLink);
    cfg.routes.get("/r/{id}/preview.png", sharing::preview);
    cfg.routes.get("/r/{race}/{bib}/preview.png", sharing::preview);
    for (String page : List.of("", "/embed")) {
      cfg.routes.get(page + "/r/{id}", pages::runner);
      cfg.routes.get(page + "/r/{race}/{bib}", pages::runner);
      cfg.routes.get(page + "/race/{race}", pages::race);
      cfg.routes.get(page + "/f/{link}", pages::shared);
    }
    cfg.routes.get("/run", pages::run);
    cfg.routes.get("/run-worker.js", pages::runWorker);
    cfg.routes.get("/run.webmanifest", pages::runManifest);
    var leaflet = new Assets("/META-INF/resources/webjars/leaflet/1.9.4/dist/", LEAFLET);
    var own = new Assets("/public/assets/", templates.version());
    cfg.routes.get("/assets/" + LEAFLET + "/{file}", leaflet);
    cfg.routes.get("/assets/{version}/{folder}/{file}", own);
    get(cfg.routes, "/api/openapi.json", description::send);
    get(cfg.routes, "/api/runners", runners::live);
    cfg.routes.post("/api/runners", this::claim);
    get(cfg.routes, "/api/races/{race}/runners", runners::inRace);
    get(cfg.routes, "/api/me", me::get);
    get(cfg.routes, "/phone/{key}/trackside.properties", apps::file);
    links(cfg.routes, "/api/races/{race}");
    for (String runner : List.of("/api/runners/{id}", "/api/races/{race}/runners/{bib}")) {
      get(cfg.routes, runner, runners::one);
      cfg.routes.delete(runner, runners::erase);
      cfg.routes.patch(runner, claims::change);
      cfg.routes.post(runner + "/key", claims::rotate);
      links(cfg.routes, runner);
      get(cfg.routes, runner + "/apps", apps::list);
      cfg.routes.post(runner + "/positions", positions::post);
      get(cfg.routes, runner + "/trail", trail::get);
      for (TrackForm form : TrackForm.values()) {
        get(cfg.routes, runner + "/track" + form.ending, ctx -> tracks.get(ctx, form));
      }
    }
    cfg.routes.exception(UncheckedIOException.class, errors::unreadable);
    cfg.routes.exception(HttpResponseException.class, errors::refused);
    cfg.routes.exception(Exception.class, errors::failed);
  }

  private void links(RoutesConfig routes, String owner) {
    get(routes, owner + "/links", links::list);
    routes.post(owner + "/links", links::make);
    routes.delete(owner + "/links/{link}", links::revoke);
  }

  private static void get(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  private void claim(Context ctx) {
    Optional<Later> later = callers.of(ctx).claims();
    if (later.isPresent()) {
      throw Problem.tooMany(later.get());
    }
    claims.claim(ctx);
  }
}
