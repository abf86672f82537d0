package dev.trackside.call;

import io.javalin.http.Context;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers in JSON. */
public final class Reply {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Reply() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static void with(Context ctx, ObjectNode answer) {
    ctx.contentType("application/json").result(MAPPER.writeValueAsBytes(answer));
  }
}
