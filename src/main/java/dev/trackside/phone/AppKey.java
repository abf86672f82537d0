package dev.trackside.phone;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.call.ShownKey;
import io.javalin.http.Context;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The key that an app shows, in the way that it can. */
final class AppKey {
  private static final String BASIC = "Basic ";

  private AppKey() {}

  /** As {@code api_key} in the query, or as a token. */
  static @Nullable String forOverland(Context ctx) {
    String query = ctx.queryString();
    var fields = new FormFields();
    fields.addForm(query == null ? "" : query);
    String key = fields.text("api_key");
    return key == null ? ShownKey.bearer(ctx) : key;
  }

  /** As the password of Basic authentication, RFC 7617, or as a token. */
  static @Nullable String asPassword(Context ctx) {
    String credentials = ShownKey.credentials(ctx, BASIC);
    if (credentials == null) {
      return ShownKey.bearer(ctx);
    }
    try {
      String both = new String(Base64.getDecoder().decode(credentials), UTF_8);
      int colon = both.indexOf(':');
      return colon < 0 ? null : both.substring(colon + 1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
