package dev.trackside.api;

import dev.trackside.call.Body;
import dev.trackside.call.Problem;
import dev.trackside.json.Json;
import dev.trackside.track.Printable;
import dev.trackside.track.Quoted;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The members of a call's body, which is one small JSON object. */
final class BodyFields {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();
  private static final int MOST_BYTES = 4 * 1024;
  private static final int LONGEST_SHOWN = 40;

  private final JsonNode object;

  private BodyFields(JsonNode object) {
    this.object = object;
  }

  /**
   * Reads the body; an empty one is an object without members.
   *
   * @throws Problem when it has a member that is not known
   */
  static BodyFields of(Context ctx, Set<String> known) {
    return Body.read(ctx, body -> of(body, known));
  }

  static BodyFields of(InputStream body, Set<String> known) throws IOException {
    var fields = new BodyFields(parse(body));
    for (String name : fields.object.propertyNames()) {
      if (!known.contains(name)) {
        throw Problem.badRequest(
            "The body may hold %s, got \"%s\".".formatted(String.join(", ", known), shown(name)));
      }
    }
    return fields;
  }

  private static JsonNode parse(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw Problem.tooLarge("The body must have at most " + MOST_BYTES + " bytes, got more.");
    }
    try (var parser = Json.parser(bytes, 0, bytes.length)) {
      JsonNode node = bytes.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(parser);
      if (node == null // nothing but blanks
          || !node.isObject()
          || (bytes.length > 0 && parser.nextToken() != null)) {
        throw Problem.badJson("The body must be one JSON object, {…}.");
      }
      return node;
    } catch (JacksonException e) {
      throw Problem.badJson(Json.flaw(e));
    }
  }

  /** All members as JSON, in their order. */
  String asJson() {
    return object.toString();
  }

  Optional<String> text(String name, int least, int most) {
    return member(
        name,
        node -> node.isString() && isPrintable(node.stringValue(), least, most),
        JsonNode::stringValue,
        "a text of %d to %d printable characters, not all blank".formatted(least, most));
  }

  private static boolean isPrintable(String text, int least, int most) {
    long length = text.codePoints().count();
    return length >= least
        && length <= most
        && (length == 0 ? Printable.is(text) : Printable.isSeen(text));
  }

  Optional<Long> number(String name, long least, long most) {
    return member(
        name,
        node ->
            node.isIntegralNumber()
                && node.canConvertToLong()
                && node.longValue() >= least
                && node.longValue() <= most,
        JsonNode::longValue,
        "a whole number from %d to %d".formatted(least, most));
  }

  Optional<Boolean> flag(String name) {
    return member(name, JsonNode::isBoolean, JsonNode::booleanValue, "true or false");
  }

  private <T> Optional<T> member(
      String name, Predicate<JsonNode> isGood, Function<JsonNode, T> value, String rule) {
    JsonNode node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!isGood.test(node)) {
      throw Problem.badRequest(
          "%s must be %s, got %s".formatted(name, rule, shown(node.toString())));
    }
    return Optional.of(value.apply(node));
  }

  private static String shown(String text) {
    return Quoted.plain(text, LONGEST_SHOWN) + (text.length() <= LONGEST_SHOWN ? "" : "…");
  }
}
