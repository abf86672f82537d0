package dev.trackside.api;

import io.javalin.http.Context;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers in JSON. */
final class Reply {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Reply() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static void with(Context ctx, ObjectNode answer) {
    ctx.contentType("application/json").result(MAPPER.writeValueAsBytes(answer));
  }
}
