package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.call.Callers;
import dev.trackside.call.Problem;
import dev.trackside.call.SiteAddress;
import dev.trackside.caller.Origins;
import dev.trackside.caller.RetryAfter;
import dev.trackside.hub.Hub;
import dev.trackside.intake.Intake;
import dev.trackside.run.Masks;
import dev.trackside.run.Runs;
import dev.trackside.run.Views;
import dev.trackside.sight.RunnerLists;
import dev.trackside.sight.Sights;
import dev.trackside.track.TrackReader;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The calls that programs make. Safe for use by many threads. */
public final class Api {
  /**
   * What the calls are about.
   *
   * @param log the whole of it
   * @param views as much of it as somebody may see
   */
  public record Subject(
      TrackReader log,
      Intake intake,
      Hub hub,
      Access access,
      Runs runs,
      Masks masks,
      Views views,
      Sights sights,
      RunnerLists lists) {}

  private final RunnerCalls runners;
  private final PositionCalls positions;
  private final TrackCalls tracks;
  private final TrailCalls trail;
  private final ClaimCalls claims;
  private final LinkCalls links;
  private final AppCalls apps;
  private final MeCalls me;
  private final Description description = new Description();
  private final CrossOrigin crossOrigin;
  private final Callers callers;

  /**
   * @param callers counts what each address does
   * @param origins the sites whose pages may change something
   * @param site where links lead
   */
  public Api(Subject of, Callers callers, Origins origins, SiteAddress site, InstantSource clock) {
    this.callers = callers;
    crossOrigin = new CrossOrigin(origins);
    runners = new RunnerCalls(of.log, of.intake, of.hub, of.access, of.views, of.lists);
    positions = new PositionCalls(of.intake);
    tracks = new TrackCalls(of.views, of.access, of.masks);
    trail = new TrailCalls(of.access, of.sights);
    links = new LinkCalls(of.access, site, clock);
    apps = new AppCalls(of.access, site);
    claims = new ClaimCalls(of.log, of.intake, of.runs, of.access, links, apps, site, clock);
    me = new MeCalls(of.log, of.hub, of.access);
  }

  public void addTo(RoutesConfig routes) {
    routes.before("/api/*", crossOrigin::open);
    routes.before(crossOrigin::check);
    get(routes, "/api/openapi.json", description::send);
    get(routes, "/api/runners", runners::live);
    routes.post("/api/runners", this::claim);
    get(routes, "/api/races/{race}/runners", runners::inRace);
    get(routes, "/api/me", me::get);
    get(routes, "/phone/{key}/trackside.properties", apps::file);
    links(routes, "/api/races/{race}");
    for (String runner : List.of("/api/runners/{id}", "/api/races/{race}/runners/{bib}")) {
      get(routes, runner, runners::one);
      routes.delete(runner, runners::erase);
      routes.patch(runner, claims::change);
      routes.post(runner + "/key", claims::rotate);
      links(routes, runner);
      get(routes, runner + "/apps", apps::list);
      routes.post(runner + "/positions", positions::post);
      get(routes, runner + "/trail", trail::get);
      for (TrackForm form : TrackForm.values()) {
        get(routes, runner + "/track" + form.ending, ctx -> tracks.get(ctx, form));
      }
    }
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
    Optional<RetryAfter> later = callers.of(ctx).claims();
    if (later.isPresent()) {
      throw Problem.tooMany(later.get());
    }
    claims.claim(ctx);
  }
}
