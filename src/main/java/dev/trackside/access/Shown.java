package dev.trackside.access;

import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** The key that a call shows. */
public final class Shown {
  private static final String BEARER = "Bearer ";

  private Shown() {}

  /** From {@code Authorization: Bearer …}, or {@code ?key=…} where that is not possible. */
  public static @Nullable Key in(Context ctx) {
    String header = ctx.header("Authorization");
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Key.of(header.substring(BEARER.length()).strip());
    }
    String parameter = ctx.queryParam("key");
    return parameter == null || parameter.isEmpty() ? null : Key.of(parameter);
  }
}
