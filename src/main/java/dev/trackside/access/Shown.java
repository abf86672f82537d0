package dev.trackside.access;

import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** The key that a call shows. */
public final class Shown {
  private static final String BEARER = "Bearer ";

  private Shown() {}

  /** From {@code Authorization: Bearer …}, or {@code ?key=…} where that is not possible. */
  public static @Nullable Key in(Context ctx) {
    String text = text(ctx);
    return text == null ? null : Key.of(text);
  }

  /** The key as it is shown, for answers that hold it again: never to be logged. */
  public static @Nullable String text(Context ctx) {
    String header = ctx.header("Authorization");
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return header.substring(BEARER.length()).strip();
    }
    String parameter = ctx.queryParam("key");
    return parameter == null || parameter.isEmpty() ? null : parameter;
  }
}
