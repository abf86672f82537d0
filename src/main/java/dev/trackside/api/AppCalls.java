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
import dev.trackside.setup.App;
import dev.trackside.setup.Attachment;
import dev.trackside.setup.Endpoint;
import dev.trackside.setup.Instructions;
import dev.trackside.setup.QrCode;
import dev.trackside.track.Runner;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a runner sets up the app on their phone. All of it holds their key. */
record AppCalls(Access access, SiteAddress site) {
  void list(Context ctx) {
    Claim claim = owned(ctx);
    String key = String.valueOf(ShownKey.text(ctx));
    ObjectNode answer = Reply.object();
    addTo(answer, ctx, new Endpoint(site.of(ctx), key, claim.runner().id(), claim.name()));
    Reply.with(ctx.header(Header.CACHE_CONTROL, "no-store"), answer);
  }

  /** The admin does not do: what is answered holds the key that was shown. */
  private Claim owned(Context ctx) {
    Runner runner = Addressed.runner(ctx);
    Optional<Claim> claim = access.claims().of(runner);
    Key shown = ShownKey.in(ctx);
    if (access.isAdmin(shown)) {
      throw Problem.notAllowed("Apps are set up with the runner's own key.");
    }
    Rights.check(access.toPublish(runner, shown), runner);
    return claim.orElseThrow(() -> Problem.unclaimed(runner));
  }

  /** Adds {@code apps}, in the language that the caller wishes for. */
  void addTo(ObjectNode answer, Context ctx, Endpoint endpoint) {
    Instructions instructions = Instructions.in(ctx.header(Header.ACCEPT_LANGUAGE));
    ArrayNode apps = answer.putArray("apps");
    for (App app : App.values()) {
      String link = app.link(endpoint);
      ObjectNode shown = apps.addObject().put("app", app.id()).put("name", app.title);
      app.systems().forEach(shown.putArray("systems")::add);
      shown.put("link", link).put("qr", QrCode.svg(link));
      instructions.steps(app).forEach(shown.putArray("steps")::add);
      app.file(endpoint)
          .ifPresent(
              file -> shown.putObject("file").put("name", file.name()).put("text", file.text()));
    }
  }

  /** GPSLogger's settings, which the app fetches by itself: so the key is in the path. */
  void file(Context ctx) {
    String text = ctx.pathParam("key");
    Key key = Key.of(text);
    Claim claim = access.claims().by(key).orElseThrow(() -> Problem.keyOfARunner(key));
    Attachment file =
        App.GPSLOGGER
            .file(new Endpoint(site.of(ctx), text, claim.runner().id(), claim.name()))
            .orElseThrow();
    ctx.header(Header.CACHE_CONTROL, "no-store")
        .contentType("text/plain; charset=utf-8")
        .result(file.text());
  }
}
