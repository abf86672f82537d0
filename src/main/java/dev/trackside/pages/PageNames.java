package dev.trackside.pages;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Link;
import dev.trackside.call.Problem;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;

/** Whom the address of a page means. */
final class PageNames {
  private PageNames() {}

  /**
   * @throws NotFoundResponse when no runner can have this name
   */
  static Runner runner(Context ctx) {
    boolean inRace = ctx.pathParamMap().containsKey("bib");
    String id = inRace ? ctx.pathParam("race") + "/" + ctx.pathParam("bib") : ctx.pathParam("id");
    try {
      var runner = new Runner(id);
      if (inRace == runner.race().isEmpty()) {
        throw new IllegalArgumentException("{id} never holds a slash");
      }
      return runner;
    } catch (IllegalArgumentException e) {
      throw new NotFoundResponse("There is no runner of this name. Check the link you were given.");
    }
  }

  /**
   * @throws NotFoundResponse when no race can have this name
   */
  static Feed.Race race(Context ctx) {
    try {
      return new Feed.Race(ctx.pathParam("race"));
    } catch (IllegalArgumentException e) {
      throw new NotFoundResponse("There is no race of this name. Check the link you were given.");
    }
  }

  /**
   * What a link shows.
   *
   * @throws Problem when it has ended, or never was
   */
  static Feed link(String key, Access access) {
    Link link = access.links().by(Key.of(key)).orElseThrow(Problem::noSuchLink);
    if (!access.toFollow(link.feed(), Key.of(key)).isGranted()) {
      throw Problem.linkEnded(of(link.feed(), access));
    }
    return link.feed();
  }

  /** What people call whom a page shows. */
  static String of(Feed feed, Access access) {
    return switch (feed) {
      case Feed.One(Runner runner) ->
          access.claims().of(runner).map(Claim::name).orElse(runner.id());
      case Feed.Race(String race) -> race;
    };
  }
}
