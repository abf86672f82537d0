package dev.trackside.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.trackside.access.Access;
import dev.trackside.call.Callers;
import dev.trackside.call.Reply;
import dev.trackside.call.SiteAddress;
import dev.trackside.caller.Origins;
import dev.trackside.hub.Hub;
import dev.trackside.intake.Intake;
import dev.trackside.run.HeavyWork;
import dev.trackside.run.Masks;
import dev.trackside.run.Runs;
import dev.trackside.run.Views;
import dev.trackside.sight.RunnerLists;
import dev.trackside.sight.Sights;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackReader;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The calls that programs make. Safe for use by many threads. */
public final class Api {
  /**
   * What the calls work on.
   *
   * @param log all positions
   * @param views the positions that a caller may see
   */
  public record Needs(
      TrackReader log,
      Intake intake,
      Hub hub,
      Access access,
      Runs runs,
      Masks masks,
      Views views,
      Sights sights,
      RunnerLists lists,
      HeavyWork heavy) {}

  private final RunnerCalls runners;
  private final PositionCalls positions;
  private final TrackCalls tracks;
  private final ClaimCalls claims;
  private final OwnerCalls owners;
  private final LinkCalls links;
  private final AppCalls apps;
  private final CrossOrigin crossOrigin;
  private final Callers callers;
  private final String description = description();

  /**
   * @param callers limit how much each address may bring and change
   * @param origins the sites whose pages may change something
   * @param site where links lead
   */
  public Api(Needs of, Callers callers, Origins origins, SiteAddress site, InstantSource clock) {
    this.callers = callers;
    crossOrigin = new CrossOrigin(origins);
    runners =
        new RunnerCalls(
            of.log, of.intake, of.hub, of.access, of.views, of.lists, of.sights, of.heavy);
    positions = new PositionCalls(of.intake, callers);
    tracks = new TrackCalls(of.views, of.access, of.masks, of.heavy);
    links = new LinkCalls(of.access, site, of.heavy, clock);
    apps = new AppCalls(of.access, site, of.heavy);
    Set<Runner> claiming = ConcurrentHashMap.newKeySet();
    claims =
        new ClaimCalls(
            of.log,
            of.intake,
            of.access,
            links,
            apps,
            site,
            callers,
            new RepeatableClaims(clock),
            clock,
            claiming);
    owners = new OwnerCalls(of.log, of.hub, of.runs, of.access, clock);
  }

  private static String description() {
    try (var in = requireNonNull(Api.class.getResourceAsStream("/openapi.json"))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("openapi.json cannot be read.", e);
    }
  }

  public void addTo(RoutesConfig routes) {
    routes.before("/api/*", crossOrigin::open);
    routes.before(crossOrigin::check);
    get(routes, "/api/openapi.json", ctx -> json(ctx, description));
    get(routes, "/api/runners", runners::live);
    routes.post("/api/runners", admitted(callers::admitClaim, claims::claim));
    get(routes, "/api/races/{race}/runners", runners::inRace);
    get(routes, "/api/me", owners::me);
    get(routes, "/phone/{key}/trackside.properties", apps::file);
    links(routes, "/api/races/{race}");
    for (String runner : List.of("/api/runners/{id}", "/api/races/{race}/runners/{bib}")) {
      get(routes, runner, runners::one);
      routes.delete(runner, change(runners::erase));
      routes.patch(runner, change(owners::change));
      routes.post(runner + "/key", change(owners::rotate));
      links(routes, runner);
      get(routes, runner + "/apps", apps::list);
      routes.post(runner + "/positions", positions::post);
      get(routes, runner + "/trail", runners::trail);
      for (TrackForm form : TrackForm.values()) {
        get(routes, runner + "/track" + form.ending, ctx -> tracks.get(ctx, form));
      }
    }
  }

  private void links(RoutesConfig routes, String owner) {
    get(routes, owner + "/links", links::list);
    routes.post(owner + "/links", change(links::make));
    routes.delete(owner + "/links/{link}", change(links::revoke));
  }

  private static void get(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  /** A call that changes the registry, each of which has to reach the disk. */
  private Handler change(Handler handler) {
    return admitted(callers::admitChange, handler);
  }

  private static Handler admitted(Consumer<Context> admission, Handler handler) {
    return ctx -> {
      admission.accept(ctx);
      handler.handle(ctx);
    };
  }

  /** Answers with JSON that a cache must validate. */
  private static void json(Context ctx, String json) {
    Reply.json(ctx.header(Header.CACHE_CONTROL, "no-cache"), json.getBytes(UTF_8));
  }
}
