package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Claim.Visibility;
import dev.trackside.access.Key;
import dev.trackside.access.Link;
import dev.trackside.call.Problem;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;

/** The HTML pages. */
final class Pages {
  private static final String MAY_BE_KEPT = "no-cache";

  private final Access access;
  private final String first;
  private final String runner;
  private final String error;
  private final PagePolicy policy;
  private final RunPage run;

  Pages(Access access, String tiles, String tilesAttribution) {
    this.access = access;
    policy = new PagePolicy(tiles.isEmpty() ? "" : originOf(tiles));
    try {
      first = withTiles(Assets.text("/public/index.html"), tiles, tilesAttribution);
      runner = withTiles(Assets.text("/public/runner.html"), tiles, tilesAttribution);
      error = Assets.text("/public/error.html");
      run = RunPage.read();
    } catch (IOException e) {
      throw new UncheckedIOException("The pages are not in the jar.", e);
    }
  }

  /** The origin of tiles as a policy names it: {@code {s}} stands for any name. */
  private static String originOf(String tiles) {
    try {
      var uri = URI.create(tiles.replace("{s}", "any").replaceAll("[{}]", ""));
      if (("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null) {
        String host =
            tiles.contains("{s}.") ? uri.getHost().replaceFirst("any", "*") : uri.getHost();
        return uri.getScheme() + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(tilesRule(tiles), e);
    }
    throw new IllegalArgumentException(tilesRule(tiles));
  }

  private static String tilesRule(String tiles) {
    return "tiles must be like https://tiles.example/{z}/{x}/{y}.png, got " + tiles;
  }

  private static String withTiles(String page, String tiles, String attribution) {
    return page.replace("@tiles@", escaped(tiles)).replace("@attribution@", escaped(attribution));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  void first(Context ctx) {
    send(ctx, about(first, "", ""), MAY_BE_KEPT);
  }

  void runner(Context ctx) {
    runner(ctx, ctx.pathParam("id"));
  }

  void runnerInRace(Context ctx) {
    runner(ctx, ctx.pathParam("race") + "/" + ctx.pathParam("bib"));
  }

  private void runner(Context ctx, String id) {
    boolean inRace = ctx.pathParamMap().size() == 2;
    try {
      var runner = new Runner(id);
      if (runner.race().isEmpty() == inRace) {
        throw new IllegalArgumentException("{id} never holds a slash");
      }
      Optional<Claim> known =
          access.claimOf(runner).filter(claim -> claim.visibility() == Visibility.PUBLIC);
      if (known.isEmpty()) {
        hide(ctx);
      }
      send(ctx, about(this.runner, id, known.map(Claim::name).orElse("")), MAY_BE_KEPT);
    } catch (IllegalArgumentException e) {
      throw new NotFoundResponse("There is no runner of this name. Check the link you were given.");
    }
  }

  /** What a runner opens. The page takes his key from its address, or makes one. */
  void run(Context ctx) {
    hide(ctx);
    send(ctx, run.page(), MAY_BE_KEPT);
  }

  /** What opens the runner's page without a network. It loads by the page's own rules. */
  void runWorker(Context ctx) {
    guard(ctx, MAY_BE_KEPT).contentType("text/javascript; charset=utf-8").result(run.worker());
  }

  /** What a browser must know to install the runner's page. */
  void runManifest(Context ctx) {
    guard(ctx, MAY_BE_KEPT).contentType("application/manifest+json").result(run.manifest());
  }

  /** What a share link shows. The page takes the key from its address. */
  void shared(Context ctx) {
    hide(ctx);
    ctx.header(Header.CACHE_CONTROL, "no-store"); // errors, too
    String key = ctx.pathParam("link");
    Link link = access.linkBy(Key.of(key)).orElseThrow(Problem::noSuchLink);
    if (!access.toFollow(link.feed(), Key.of(key)).isGranted()) {
      throw Problem.linkEnded(nameOf(link.feed()));
    }
    String page = link.feed() instanceof Feed.One ? runner : first;
    send(ctx, about(page, link.feed().toString(), nameOf(link.feed())), "no-store");
  }

  private String nameOf(Feed feed) {
    return switch (feed) {
      case Feed.One(Runner runner) -> access.claimOf(runner).map(Claim::name).orElse(runner.id());
      case Feed.Race(String race) -> race;
    };
  }

  /** Search engines shall not lead to people who have not made themselves public. */
  private static void hide(Context ctx) {
    ctx.header("X-Robots-Tag", "noindex");
  }

  private static String about(String page, String id, String name) {
    return page.replace("@id@", escaped(id)).replace("@name@", escaped(name));
  }

  /** A page that says what is wrong, in place of the one that was asked for. */
  void error(Context ctx, String words) {
    send(ctx, error.replace("@words@", escaped(words)), "no-store");
  }

  private void send(Context ctx, String page, String caching) {
    guard(ctx, caching).html(page);
  }

  private Context guard(Context ctx, String caching) {
    return ctx.header("Content-Security-Policy", policy.of(ctx.header(Header.HOST)))
        .header(Header.CACHE_CONTROL, caching);
  }
}
