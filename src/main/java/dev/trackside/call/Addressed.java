package dev.trackside.call;

import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import io.javalin.http.Context;

/** The runner, or the race, that a call's path names. */
public final class Addressed {
  private Addressed() {}

  /**
   * Reads it from the path.
   *
   * @throws Problem when no runner can have this name
   */
  public static Runner runner(Context ctx) {
    boolean inRace = ctx.pathParamMap().containsKey("race");
    String id = inRace ? ctx.pathParam("race") + "/" + ctx.pathParam("bib") : ctx.pathParam("id");
    try {
      var runner = new Runner(id);
      if (inRace == runner.race().isEmpty()) {
        throw Problem.badId(
            "a runner in a race is at /api/races/{race}/runners/{bib}, got \"" + id + "\"");
      }
      return runner;
    } catch (IllegalArgumentException e) {
      throw Problem.badId(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads a race from the path.
   *
   * @throws Problem when no race can have this name
   */
  public static Feed.Race race(Context ctx) {
    try {
      return new Feed.Race(ctx.pathParam("race"));
    } catch (IllegalArgumentException e) {
      throw Problem.badId(String.valueOf(e.getMessage()));
    }
  }
}
