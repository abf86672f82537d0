package dev.trackside.call;

import dev.trackside.access.Key;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** The key that a call shows. */
public final class ShownKey {
  private ShownKey() {}

  public static @Nullable Key in(Context ctx) {
    String text = text(ctx);
    return text == null ? null : Key.of(text);
  }

  /**
   * The key in plain text, from {@code Authorization: Bearer …} or else {@code ?key=…}. It must not
   * be logged.
   */
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
    return credentials(ctx, "Bearer ");
  }

  /**
   * The rest of an {@code Authorization} header of some scheme.
   *
   * @param scheme its name and a space
   */
  public static @Nullable String credentials(Context ctx, String scheme) {
    String header = ctx.header("Authorization");
    return header != null && header.regionMatches(true, 0, scheme, 0, scheme.length())
        ? header.substring(scheme.length()).strip()
        : null;
  }
}
