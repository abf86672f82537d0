package dev.trackside.api;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.regex.Pattern;

/** What a client can unpack. */
final class Encodings {
  private static final Pattern GZIP =
      Pattern.compile(
          "(^|[,\\s])(gzip|x-gzip|\\*)\\s*(;\\s*q=(?!0(\\.0*)?\\s*(,|$))[^,]*)?\\s*(,|$)");

  private Encodings() {}

  static boolean gzip(Context ctx) {
    String accepted = ctx.header(Header.ACCEPT_ENCODING);
    return accepted != null && GZIP.matcher(accepted).find();
  }
}
