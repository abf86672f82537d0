package dev.trackside.call;

import dev.trackside.caller.Addresses;
import dev.trackside.caller.Caller;
import dev.trackside.caller.RateLimits;
import io.javalin.http.Context;

/** Tells who makes a call. Safe for use by many threads. */
public record Callers(RateLimits limits) {
  /** Who the edge has noted on the request, or else whoever has connected. */
  public Caller of(Context ctx) {
    Caller noted = ctx.attribute(Caller.ATTRIBUTE);
    return noted != null
        ? noted
        : limits.of(Addresses.parseWithPort(ctx.ip()).orElseThrow(), false);
  }
}
