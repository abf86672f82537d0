package dev.trackside.call;

import dev.trackside.caller.Addresses;
import dev.trackside.caller.Caller;
import dev.trackside.caller.RateLimits;
import io.javalin.http.Context;

/** Finds the caller of a call. Safe for use by many threads. */
public record Callers(RateLimits limits) {
  /** The caller that the edge has noted on the request, else the one at its address. */
  public Caller of(Context ctx) {
    Caller noted = ctx.attribute(Caller.ATTRIBUTE);
    return noted != null
        ? noted
        : limits.of(Addresses.parseWithPort(ctx.ip()).orElseThrow(), false);
  }
}
