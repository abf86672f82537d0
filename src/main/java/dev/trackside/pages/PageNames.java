package dev.trackside.pages;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.Link;
import dev.trackside.call.Addressed;
import dev.trackside.call.Problem;
import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;

/** Reads whom the address of a page names. An impossible name is not found. */
final class PageNames {
  private PageNames() {}

  static Runner runner(Context ctx) {
    try {
      return Addressed.runner(ctx);
    } catch (Problem e) {
      throw new NotFoundResponse("There is no runner of this name. Check the link you were given.");
    }
  }

  static Feed.Race race(Context ctx) {
    try {
      return Addressed.race(ctx);
    } catch (Problem e) {
      throw new NotFoundResponse("There is no race of this name. Check the link you were given.");
    }
  }

  /**
   * The feed that a link shows.
   *
   * @throws Problem when it has ended, or never was one
   */
  static Feed link(String key, Access access) {
    Link link = access.links().by(Key.of(key)).orElseThrow(Problem::noSuchLink);
    if (!access.toFollow(link.feed(), Key.of(key)).isGranted()) {
      throw Problem.linkEnded(of(link.feed(), access));
    }
    return link.feed();
  }

  /** What people call the runner or the race. */
  static String of(Feed feed, Access access) {
    return switch (feed) {
      case Feed.One(Runner runner) ->
          access.claims().of(runner).map(Claim::name).orElse(runner.id());
      case Feed.Race(String race) -> race;
    };
  }
}
