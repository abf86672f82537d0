package dev.trackside.pages;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.call.Reply;
import dev.trackside.call.SiteAddress;
import dev.trackside.picture.Previews;
import dev.trackside.run.HeavyWork;
import dev.trackside.setup.QrCode;
import dev.trackside.sight.Sight;
import dev.trackside.sight.Sights;
import dev.trackside.track.Runner;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.NotFoundResponse;
import java.util.Optional;

/** The address of a page as a code to scan, and its preview in chats. */
final class Sharing {
  private static final int PREVIEWS = 100;

  private final Access access;
  private final SiteAddress site;
  private final Sights sights;
  private final HeavyWork heavy;
  private final Previews previews = new Previews(PREVIEWS);

  Sharing(Access access, SiteAddress site, Sights sights, HeavyWork heavy) {
    this.access = access;
    this.site = site;
    this.sights = sights;
    this.heavy = heavy;
    access.claims().whenRemoved(previews::forget);
  }

  void codeOfRunner(Context ctx) {
    code(ctx, "/r/" + PageNames.runner(ctx), "no-cache");
  }

  void codeOfRace(Context ctx) {
    code(ctx, "/race/" + PageNames.race(ctx).race(), "no-cache");
  }

  /** This address holds a key. */
  void codeOfLink(Context ctx) {
    ctx.header("X-Robots-Tag", "noindex").header(Header.CACHE_CONTROL, "no-store");
    String key = ctx.pathParam("link");
    PageNames.link(key, access);
    code(ctx, "/f/" + key, "no-store");
  }

  private void code(Context ctx, String path, String caching) {
    String page = site.of(ctx) + path;
    ctx.header(Header.CACHE_CONTROL, caching)
        .contentType("image/svg+xml")
        .result(heavy.begin(() -> QrCode.svg(page)));
  }

  /** The track of a public runner. */
  void preview(Context ctx) {
    Runner runner = PageNames.runner(ctx);
    Sight sight =
        access
            .claims()
            .of(runner)
            .filter(Claim::isPublic)
            .flatMap(_ -> sights.see(runner, null))
            .filter(seen -> !seen.trail().isEmpty())
            .orElseThrow(() -> new NotFoundResponse("There is no picture of this runner."));
    String tag = sight.trailTag();
    if (!Reply.isKnown(ctx, tag)) {
      Previews.Drawn drawn = picture(sight, tag);
      if (!Reply.isKnown(ctx, drawn.tag())) {
        ctx.contentType("image/png").result(drawn.png());
      }
    }
  }

  /** The picture of the trail, or while the runner's share of work is used up the one before. */
  private Previews.Drawn picture(Sight sight, String tag) {
    Runner runner = sight.runner();
    Optional<Previews.Drawn> known =
        previews
            .of(runner, sight.shownTag())
            .filter(drawn -> drawn.tag().equals(tag) || !heavy.mayWorkFor(runner));
    if (known.isPresent()) {
      return known.get();
    }
    heavy.checkShare(runner);
    return heavy.beginFor(
        runner, () -> previews.draw(runner, sight.trail(), sight.shownTag(), tag));
  }
}
