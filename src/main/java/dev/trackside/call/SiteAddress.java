package dev.trackside.call;

import dev.trackside.caller.PublicUrl;
import io.javalin.http.Context;

/** The server's address, as the caller knows it; one that is too long is a {@link Problem}. */
public record SiteAddress(PublicUrl url) {
  /** The address without a slash at the end. */
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
