package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.call.Addressed;
import dev.trackside.call.Problem;
import dev.trackside.call.Reply;
import dev.trackside.call.Rights;
import dev.trackside.call.ShownKey;
import dev.trackside.call.SiteAddress;
import dev.trackside.run.HeavyWork;
import dev.trackside.setup.App;
import dev.trackside.setup.Endpoint;
import dev.trackside.setup.Instructions;
import dev.trackside.setup.QrCode;
import dev.trackside.track.Runner;
import io.javalin.http.Context;
import io.javalin.http.Header;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How runners set up the app on their phone. Every answer holds their key. */
record AppCalls(Access access, SiteAddress site, HeavyWork heavy) {
  /** Takes the runner's own key only, not the admin's: the answer holds the key shown. */
  void list(Context ctx) {
    Runner runner = Addressed.runner(ctx);
    Key shown = ShownKey.in(ctx);
    if (access.isAdmin(shown)) {
      throw Problem.notAllowed("Apps are set up with the runner's own key.");
    }
    Rights.check(access.toPublish(runner, shown), runner);
    Claim claim = access.claims().of(runner).orElseThrow(() -> Problem.unclaimed(runner));
    Endpoint endpoint = endpoint(ctx, String.valueOf(ShownKey.text(ctx)), claim);
    Instructions instructions = instructions(ctx);
    ArrayNode apps = heavy.begin(() -> apps(endpoint, instructions));
    Reply.secretly(ctx, Reply.object().set("apps", apps));
  }

  private Endpoint endpoint(Context ctx, String key, Claim claim) {
    return new Endpoint(site.of(ctx), key, claim.runner().id(), claim.name());
  }

  /** The apps for a runner who has just claimed their id, in their language. Is never refused. */
  ArrayNode ofNew(Context ctx, Endpoint endpoint) {
    Instructions instructions = instructions(ctx);
    return heavy.goOn(() -> apps(endpoint, instructions));
  }

  private static Instructions instructions(Context ctx) {
    return Instructions.in(ctx.header(Header.ACCEPT_LANGUAGE));
  }

  private static ArrayNode apps(Endpoint endpoint, Instructions instructions) {
    ArrayNode apps = JsonNodeFactory.instance.arrayNode();
    for (App app : App.values()) {
      String link = app.link(endpoint);
      ObjectNode shown = apps.addObject().put("app", app.id()).put("name", app.title);
      app.systems().forEach(shown.putArray("systems")::add);
      shown.put("link", link).put("qr", QrCode.svg(link));
      instructions.steps(app).forEach(shown.putArray("steps")::add);
      if (app == App.GPSLOGGER) {
        shown
            .putObject("file")
            .put("name", App.GPSLOGGER_FILE)
            .put("text", App.gpsLoggerFile(endpoint));
      }
    }
    return apps;
  }

  /** GPSLogger's settings. The app fetches them without a header, so the key is in the path. */
  void file(Context ctx) {
    String text = ctx.pathParam("key");
    Key key = Key.of(text);
    Claim claim = access.claims().by(key).orElseThrow(() -> Problem.keyOfARunner(key));
    ctx.header(Header.CACHE_CONTROL, "no-store")
        .contentType("text/plain; charset=utf-8")
        .result(App.gpsLoggerFile(endpoint(ctx, text, claim)));
  }
}
