package dev.trackside.phone;

import dev.trackside.json.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A JSON object that may hold a long list. No tree of all of it is ever made, for one of 4 MiB
 * takes a hundred: plain members are read at once, an object when it is asked for, a list piece by
 * piece. What is broken off still has the whole pieces of its lists, and no other member. Not for
 * several threads.
 */
final class JsonBody {
  private static final int MOST_MEMBERS = 200;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Where a list or an object begins and ends. */
  private record Place(int from, int to) {}

  private final byte[] bytes;
  private final Map<String, JsonNode> plain = new LinkedHashMap<>();
  private final Map<String, Place> places = new HashMap<>();
  private @Nullable String flaw;

  JsonBody(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    int end = from + length;
    try (JsonParser parser = Json.parser(bytes, from, length)) {
      parser.nextToken();
      for (int count = 0;
          count < MOST_MEMBERS && parser.nextToken() == JsonToken.PROPERTY_NAME;
          count++) {
        String name = parser.getString();
        if (parser.nextToken().isScalarValue()) {
          plain.put(name, MAPPER.readTree(parser));
        } else {
          int begin = Pieces.start(parser, from);
          places.put(name, new Place(begin, end)); // as far as it goes, should it break off
          parser.skipChildren();
          places.put(name, new Place(begin, Pieces.end(parser, from)));
        }
      }
    } catch (JacksonException e) {
      flaw = Json.flaw(e);
    }
  }

  /** Why it cannot be read to its end. */
  @Nullable String flaw() {
    return flaw;
  }

  boolean has(String name) {
    return plain.containsKey(name) || places.containsKey(name);
  }

  boolean isContainer(String name) {
    return places.containsKey(name);
  }

  /** The members that are neither lists nor objects; none when it is broken off. */
  Map<String, JsonNode> plain() {
    return flaw == null ? plain : Map.of();
  }

  /** A member's value; a missing one when it is not there, or an object that is too large. */
  JsonNode member(String name) {
    if (flaw != null) {
      return MissingNode.getInstance();
    }
    Place place = places.get(name);
    return place == null
        ? plain.getOrDefault(name, MissingNode.getInstance())
        : tree(place.from, place.to);
  }

  private JsonNode tree(int from, int to) {
    if (to - from > Pieces.MOST_BYTES) {
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
    Place place = places.get(name);
    if (place != null) {
      String broken =
          Pieces.each(bytes, place.from, place.to, (from, to) -> action.accept(tree(from, to)));
      flaw = flaw == null ? broken : flaw;
    }
  }
}
