package dev.trackside.call;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What a client can unpack. */
public final class Encodings {
  private static final Pattern GZIP = Pattern.compile("(x-)?gzip|\\*", Pattern.CASE_INSENSITIVE);
  private static final Pattern NOT = Pattern.compile("q=0(\\.0*)?", Pattern.CASE_INSENSITIVE);

  private Encodings() {}

  public static boolean gzip(Context ctx) {
    String accepted = ctx.header(Header.ACCEPT_ENCODING);
    return accepted != null && Arrays.stream(accepted.split(",", -1)).anyMatch(Encodings::gzip);
  }

  private static boolean gzip(String accepted) {
    String[] parts = accepted.split(";", 2);
    return GZIP.matcher(parts[0].strip()).matches()
        && (parts.length == 1 || !NOT.matcher(parts[1].strip()).matches());
  }
}
