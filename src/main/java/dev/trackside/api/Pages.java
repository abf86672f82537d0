package dev.trackside.api;

import dev.trackside.track.Runner;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** The HTML pages. They say which runner they are about by their path alone. */
final class Pages {
  private final String first;
  private final String runner;
  private final String error;
  private final PagePolicy policy;

  Pages(String tiles, String tilesAttribution) {
    policy = new PagePolicy(tiles.isEmpty() ? "" : originOf(tiles));
    try {
      first = withTiles(Assets.text("/public/index.html"), tiles, tilesAttribution);
      runner = withTiles(Assets.text("/public/runner.html"), tiles, tilesAttribution);
      error = Assets.text("/public/error.html");
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
    send(ctx, first);
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
      if (new Runner(id).race().isEmpty() == inRace) {
        throw new IllegalArgumentException("{id} never holds a slash");
      }
    } catch (IllegalArgumentException e) {
      throw new NotFoundResponse("There is no runner of this name. Check the link you were given.");
    }
    send(ctx, runner);
  }

  /** A page that says what is wrong, in place of the one that was asked for. */
  void error(Context ctx, String words) {
    send(ctx, error.replace("@words@", escaped(words)));
  }

  private void send(Context ctx, String page) {
    ctx.header("Content-Security-Policy", policy.of(ctx.header(Header.HOST)))
        .header(Header.CACHE_CONTROL, "no-cache")
        .html(page);
  }
}
