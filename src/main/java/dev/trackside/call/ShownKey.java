package dev.trackside.call;

import dev.trackside.access.Key;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** The key that a call shows. */
public final class ShownKey {
  private static final String BEARER = "Bearer ";

  private ShownKey() {}

  /** From {@code Authorization: Bearer …}, or {@code ?key=…} where that is not possible. */
  public static @Nullable Key in(Context ctx) {
    String text = text(ctx);
    return text == null ? null : Key.of(text);
  }

  /** The key as it is shown, for answers that hold it again: never to be logged. */
  public static @Nullable String text(Context ctx) {
    String token = bearer(ctx);
    if (token != null) {
      return token;
    }
    String parameter = ctx.queryParam("key");
    return parameter == null || parameter.isEmpty() ? null : parameter;
  }

  /** The token of {@code Authorization: Bearer …}, RFC 6750. */
  public static @Nullable String bearer(Context ctx) {
    return credentials(ctx, BEARER);
  }

  /**
   * What stands behind a scheme in the Authorization header.
   *
   * @param scheme with the blank behind it
   */
  public static @Nullable String credentials(Context ctx, String scheme) {
    String header = ctx.header("Authorization");
    return header != null && header.regionMatches(true, 0, scheme, 0, scheme.length())
        ? header.substring(scheme.length()).strip()
        : null;
  }
}
