package dev.trackside.call;

import dev.trackside.track.Runner;
import io.javalin.http.Context;

/** The runner that a call's path names. */
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
}
