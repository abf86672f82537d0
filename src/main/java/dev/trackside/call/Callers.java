package dev.trackside.call;

import dev.trackside.caller.Addresses;
import dev.trackside.caller.Caller;
import dev.trackside.caller.RateLimits;
import dev.trackside.caller.RetryAfter;
import dev.trackside.run.HeavyWork;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;

/** Finds the caller of a call. Safe for use by many threads. */
public record Callers(RateLimits limits) {
  /** The caller that the edge has noted on the request, else the one at its address. */
  public Caller of(Context ctx) {
    Caller noted = ctx.attribute(Caller.ATTRIBUTE);
    return noted != null
        ? noted
        : limits.of(Addresses.parseWithPort(ctx.ip()).orElseThrow(), false);
  }

  /** Gives the calls of an address their turns among others where heavy work is done. */
  public Handler inTurns(Handler handler) {
    return ctx -> {
      Object counted = of(ctx).countedAs();
      HeavyWork.inTurnsOf(
          counted == null ? ctx : counted,
          () -> {
            handler.handle(ctx);
            return ctx;
          });
    };
  }

  /**
   * Counts positions that a call brings, all or none, and by its bytes if it has few for its size.
   *
   * @param positions 0 asks only, before the body is read
   * @throws Problem 429 when the caller's address has brought too many
   */
  public void admit(Context ctx, int positions) {
    check(of(ctx).brings(positions == 0 ? 0 : Math.max(positions, Body.positions(ctx))));
  }

  /**
   * Counts a call that changes or erases a runner.
   *
   * @throws Problem 429 after too many from the caller's address
   */
  public void admitChange(Context ctx) {
    check(of(ctx).changes());
  }

  /**
   * Counts a call that claims a runner.
   *
   * @throws Problem 429 after too many from the caller's address
   */
  public void admitClaim(Context ctx) {
    check(of(ctx).claims());
  }

  private static void check(Optional<RetryAfter> later) {
    if (later.isPresent()) {
      throw Problem.tooMany(later.get());
    }
  }
}
