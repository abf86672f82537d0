package dev.trackside.pages;

import dev.trackside.access.Access;
import dev.trackside.call.SiteAddress;
import dev.trackside.sight.RunnerLists;
import dev.trackside.sight.Sights;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Everything that people open in a browser, and what their browsers ask for. */
public final class PageRoutes {
  private static final String LEAFLET = "leaflet-1.9.4";

  private final Templates templates;
  private final Pages pages;
  private final Sharing sharing;

  public PageRoutes(
      Access access, RunnerLists lists, Sights sights, SiteAddress site, PageSettings settings) {
    try {
      templates = Templates.read();
    } catch (IOException e) {
      throw new UncheckedIOException("The pages are not in the jar.", e);
    }
    pages = new Pages(access, lists, sights, site, templates, settings);
    sharing = new Sharing(access, site, sights);
  }

  public void addTo(RoutesConfig routes) {
    routes.get("/", pages::first);
    routes.get("/r/{id}/qr.svg", sharing::codeOfRunner);
    routes.get("/r/{race}/{bib}/qr.svg", sharing::codeOfRunner);
    routes.get("/race/{race}/qr.svg", sharing::codeOfRace);
    routes.get("/f/{link}/qr.svg", sharing::codeOfLink);
    routes.get("/r/{id}/preview.png", sharing::preview);
    routes.get("/r/{race}/{bib}/preview.png", sharing::preview);
    for (String page : List.of("", "/embed")) {
      routes.get(page + "/r/{id}", pages::runner);
      routes.get(page + "/r/{race}/{bib}", pages::runner);
      routes.get(page + "/race/{race}", pages::race);
      routes.get(page + "/f/{link}", pages::shared);
    }
    routes.get("/run", pages::run);
    routes.get("/run-worker.js", pages::runWorker);
    routes.get("/run.webmanifest", pages::runManifest);
    var leaflet = new Assets("/META-INF/resources/webjars/leaflet/1.9.4/dist/", LEAFLET);
    var own = new Assets("/public/assets/", templates.version());
    routes.get("/assets/" + LEAFLET + "/{file}", leaflet);
    routes.get("/assets/{version}/{folder}/{file}", own);
  }

  /** A page that says what is wrong, in place of the one that was asked for. */
  public void sendError(Context ctx, String words) {
    pages.error(ctx, words);
  }
}
