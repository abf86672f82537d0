package dev.trackside.api;

import dev.trackside.hub.Hub;
import dev.trackside.track.TrackLog;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HttpResponseException;

/** Everything that HTTP serves beside the WebSocket. Safe for use by many threads. */
public final class Api {
  private final Pages pages;
  private final Errors errors;
  private final Runners runners;

  /**
   * @param rehearses whether the race "rehearsal" is the server's own
   * @param tiles where the maps get their tiles, such as {@code
   *     https://tiles.example/{z}/{x}/{y}.png}; empty for maps on a plain ground
   * @param tilesAttribution whom the maps name for their tiles, HTML
   */
  public Api(TrackLog log, Hub hub, boolean rehearses, String tiles, String tilesAttribution) {
    pages = new Pages(tiles, tilesAttribution);
    errors = new Errors(pages);
    runners = new Runners(log, hub, rehearses);
  }

  /** Adds the routes, and answers what no route does. */
  public void install(JavalinConfig cfg) {
    cfg.http.prefer405over404 = true;
    cfg.routes.before(ctx -> ctx.header("X-Content-Type-Options", "nosniff"));
    cfg.routes.get("/", pages::first);
    cfg.routes.get("/r/{id}", pages::runner);
    cfg.routes.get("/r/{race}/{bib}", pages::runnerInRace);
    cfg.routes.get("/assets/{file}", new Assets("/public/assets/", Assets.CHECK_EVERY_TIME));
    cfg.routes.get(
        "/assets/leaflet-1.9.4/{file}",
        new Assets("/META-INF/resources/webjars/leaflet/1.9.4/dist/", Assets.KEEP));
    cfg.routes.get("/api/runners", runners::live);
    cfg.routes.exception(HttpResponseException.class, errors::refused);
    cfg.routes.exception(Exception.class, errors::failed);
  }
}
