package dev.trackside.phone;

import dev.trackside.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A JSON object that may hold a long list. No tree of all of it is ever made, for one of 4 MiB
 * takes a hundred: a member is read when it is asked for, a list piece by piece. What is broken off
 * still has the whole pieces of its lists, and no other member. Not for several threads.
 */
final class JsonBody {
  /** A larger member is left out. */
  private static final int MOST_BYTES = Pieces.MOST_BYTES;

  private static final int MOST_MEMBERS = 200;
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Where a member's value begins and ends. */
  private record Place(int from, int to) {}

  private final byte[] bytes;
  private final Map<String, Place> members = new LinkedHashMap<>();
  private @Nullable String flaw;

  JsonBody(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    int end = from + length;
    try (JsonParser parser = Json.parser(bytes, from, length)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME && members.size() < MOST_MEMBERS) {
        String name = parser.getString();
        parser.nextToken();
        int begin = Pieces.start(parser, from);
        members.put(name, new Place(begin, end)); // as far as it goes, should it break off
        parser.skipChildren();
        parser.finishToken();
        members.put(name, new Place(begin, Pieces.end(parser, from)));
      }
    } catch (JacksonException e) {
      flaw = Json.flaw(e);
    }
  }

  /** Why it cannot be read to its end. */
  @Nullable String flaw() {
    return flaw;
  }

  Set<String> names() {
    return members.keySet();
  }

  /** A member's value; a missing one when it is not there, or too large. */
  JsonNode member(String name) {
    Place place = members.get(name);
    return place == null || flaw != null ? MissingNode.getInstance() : tree(place.from, place.to);
  }

  private JsonNode tree(int from, int to) {
    if (to - from > MOST_BYTES) {
      return MissingNode.getInstance();
    }
    try (JsonParser parser = Json.parser(bytes, from, to - from)) {
      JsonNode tree = MAPPER.readTree(parser);
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  /** Does something with each object in a list, or with the one object in its place. */
  void each(String name, Consumer<JsonNode> action) {
    Place place = members.get(name);
    if (place != null) {
      String broken =
          Pieces.each(bytes, place.from, place.to, (from, to) -> action.accept(tree(from, to)));
      flaw = flaw == null ? broken : flaw;
    }
  }
}
