package dev.trackside.call;

import dev.trackside.caller.PublicUrl;
import io.javalin.http.Context;

/** Where the server is, as the caller knows it. */
public record SiteAddress(PublicUrl url) {
  /**
   * Without a slash at the end.
   *
   * @throws Problem when it is too long for a link
   */
  public String of(Context ctx) {
    String site = url.seenBy(ctx.scheme(), ctx.host());
    if (site.length() > PublicUrl.LONGEST) {
      throw Problem.badRequest(
          "The address of the server must have at most %d characters, got %d"
              .formatted(PublicUrl.LONGEST, site.length()));
    }
    return site;
  }
}
