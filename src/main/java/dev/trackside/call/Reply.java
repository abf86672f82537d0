package dev.trackside.call;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.Arrays;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers calls. */
public final class Reply {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern GZIP = Pattern.compile("(x-)?gzip|\\*", Pattern.CASE_INSENSITIVE);
  private static final Pattern NOT = Pattern.compile("q=0(\\.0*)?", Pattern.CASE_INSENSITIVE);

  private Reply() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static void with(Context ctx, ObjectNode answer) {
    ctx.contentType("application/json").result(MAPPER.writeValueAsBytes(answer));
  }

  /** Answers with what no cache may keep, such as a key. */
  public static void secretly(Context ctx, ObjectNode answer) {
    with(ctx.header(Header.CACHE_CONTROL, "no-store"), answer);
  }

  /** Whether the client takes gzip. */
  public static boolean mayBeZipped(Context ctx) {
    String accepted = ctx.header(Header.ACCEPT_ENCODING);
    return accepted != null && Arrays.stream(accepted.split(",", -1)).anyMatch(Reply::isGzip);
  }

  private static boolean isGzip(String accepted) {
    String[] parts = accepted.split(";", 2);
    return GZIP.matcher(parts[0].strip()).matches()
        && (parts.length == 1 || !NOT.matcher(parts[1].strip()).matches());
  }

  /**
   * Tags the answer. If the client has it already, answers 304 and returns true.
   *
   * @param tag a weak ETag
   */
  public static boolean isKnown(Context ctx, String tag) {
    ctx.header(Header.CACHE_CONTROL, "no-cache").header(Header.ETAG, tag);
    String known = ctx.header(Header.IF_NONE_MATCH);
    if (known == null || !(known.strip().equals("*") || known.contains(tag.substring(2)))) {
      return false;
    }
    ctx.status(304).res().setContentType(null);
    return true;
  }
}
