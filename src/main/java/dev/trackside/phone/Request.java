package dev.trackside.phone;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What an app has sent: fields, and perhaps a JSON object. Not for several threads.
 *
 * @param fields those of the query and a form, or the plain members of the object
 */
record Request(FormFields fields, @Nullable JsonBody json) {
  /** Whether nothing was said, or nothing that can be read. */
  boolean isNothing() {
    return fields.isEmpty() && (json == null || json.flaw() != null);
  }

  boolean has(String name) {
    return json != null && json.has(name);
  }

  /** Whether a member is there that is a list or an object. */
  boolean isContainer(String name) {
    return json != null && json.isContainer(name);
  }

  /** A member of the JSON object, perhaps a missing one. */
  JsonNode member(String name) {
    return json == null ? MissingNode.getInstance() : json.member(name);
  }

  /** Does something with each object of a member that is a list, or with the member itself. */
  void each(String name, Consumer<JsonNode> action) {
    if (json != null) {
      json.each(name, action);
    }
  }
}
