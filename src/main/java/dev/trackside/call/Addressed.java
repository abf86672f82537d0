package dev.trackside.call;

import dev.trackside.track.Feed;
import dev.trackside.track.Runner;
import io.javalin.http.Context;

/** Reads the runner or race that a path names. An impossible name is a {@link Problem}. */
public final class Addressed {
  private Addressed() {}

  /** The runner named by {@code {id}}, or by {@code {race}} and {@code {bib}}. */
  public static Runner runner(Context ctx) {
    boolean inRace = ctx.pathParamMap().containsKey("race");
    String id = inRace ? ctx.pathParam("race") + "/" + ctx.pathParam("bib") : ctx.pathParam("id");
    try {
      var runner = new Runner(id);
      if (inRace == runner.race().isEmpty()) {
        throw new IllegalArgumentException(
            "a runner in a race is at /api/races/{race}/runners/{bib}, got \"" + id + "\"");
      }
      return runner;
    } catch (IllegalArgumentException e) {
      throw Problem.badId(e);
    }
  }

  /** The race named by {@code {race}}. */
  public static Feed.Race race(Context ctx) {
    try {
      return new Feed.Race(ctx.pathParam("race"));
    } catch (IllegalArgumentException e) {
      throw Problem.badId(e);
    }
  }
}
