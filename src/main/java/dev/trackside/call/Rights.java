package dev.trackside.call;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Right;
import dev.trackside.track.Runner;
import io.javalin.http.Context;

/** Throws a {@link Problem} where a caller lacks a right. */
public final class Rights {
  private Rights() {}

  /** For a call that changes something. */
  public static void check(Right right, Runner runner) {
    switch (right) {
      case GRANTED -> {}
      case KEY_MISSING -> throw Problem.keyMissing(runner);
      case KEY_WRONG, LINK_ENDED -> throw Problem.keyWrong(runner);
    }
  }

  /** For a call that only reads: a runner whom the caller may not follow does not exist. */
  public static void checkSight(Right right, Runner runner) {
    switch (right) {
      case GRANTED -> {}
      case KEY_MISSING -> throw Problem.unknown(runner);
      case KEY_WRONG -> throw Problem.hidden(runner);
      case LINK_ENDED -> throw Problem.linkEnded();
    }
  }

  /** The claim of the runner in the path, if the caller may manage it. */
  public static Claim managed(Context ctx, Access access) {
    Runner runner = Addressed.runner(ctx);
    check(access.toManage(runner, ShownKey.in(ctx)), runner);
    return access.claims().of(runner).orElseThrow(() -> Problem.unclaimed(runner));
  }
}
