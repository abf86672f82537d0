package dev.trackside.call;

import io.javalin.http.Context;
import io.javalin.http.Header;

/** What a client has already. */
public final class Tags {
  private Tags() {}

  /**
   * Whether the client has the answer of this tag; if so, they are told so and nothing else.
   *
   * @param tag a weak one
   */
  public static boolean answer(Context ctx, String tag) {
    String known = ctx.header(Header.IF_NONE_MATCH);
    boolean has = known != null && (known.strip().equals("*") || known.contains(tag.substring(2)));
    if (has) {
      ctx.status(304).res().setContentType(null);
    }
    return has;
  }
}
