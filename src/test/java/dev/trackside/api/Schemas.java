package dev.trackside.api;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks values against the part of JSON Schema that the description uses. */
record Schemas(JsonNode description) {
  /** Follows a reference, if the node is one. */
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? description.at(node.path("$ref").asString().substring(1)) : node;
  }

  List<String> flaws(JsonNode value, JsonNode schema) {
    var flaws = new ArrayList<String>();
    check("$", value, schema, flaws);
    return flaws;
  }

  private void check(String at, JsonNode value, JsonNode reference, List<String> flaws) {
    JsonNode schema = resolved(reference);
    schema.path("allOf").forEach(each -> check(at, value, each, flaws));
    JsonNode choices = schema.path("oneOf");
    if (!choices.isEmpty()
        && choices.valueStream().noneMatch(choice -> flaws(value, choice).isEmpty())) {
      flaws.add(at + " is none of the choices: " + value);
    }
    if (schema.has("type") && !isOf(schema.path("type").asString(), value)) {
      flaws.add(at + " is no " + schema.path("type") + ": " + value);
    }
    if (schema.has("const") && !schema.path("const").equals(value)) {
      flaws.add(at + " is not " + schema.path("const") + ": " + value);
    }
    if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
      flaws.add(at + " is none of " + schema.path("enum") + ": " + value);
    }
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.asString())) {
        flaws.add(at + " has no " + name);
      }
    }
    schema
        .path("properties")
        .forEachEntry(
            (name, each) -> {
              if (value.has(name)) {
                check(at + "." + name, value.get(name), each, flaws);
              }
            });
    if (schema.has("items")) {
      value.forEach(each -> check(at + "[]", each, schema.path("items"), flaws));
    }
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> throw new IllegalArgumentException(type);
    };
  }
}
