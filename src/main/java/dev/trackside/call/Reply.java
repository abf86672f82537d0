package dev.trackside.call;

import io.javalin.http.Context;
import io.javalin.http.Header;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers calls. */
public final class Reply {
  private static final JsonMapper MAPPER = new JsonMapper();

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
