package dev.trackside.phone;

import dev.trackside.json.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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
 * What an app has sent: named values, or a JSON object that may hold a long list. The object never
 * becomes one tree, since 4 MiB of JSON would take a hundred: plain members are read at once, a
 * nested object on demand, a list element by element. A truncated object still has the whole
 * elements of its lists, and no other member. For one thread.
 */
final class Request {
  private static final int MOST_MEMBERS = 200;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Where a list or an object begins and ends. */
  private record Place(int from, int to) {}

  private final FormFields fields;
  private final byte[] bytes;
  private final Map<String, JsonNode> plain = new LinkedHashMap<>();
  private final Map<String, Place> places = new HashMap<>();
  private final int from;
  private int end;
  private boolean surplus;
  private @Nullable String flaw;

  Request(FormFields fields) {
    this(fields, new byte[0], 0, 0);
  }

  /**
   * Reads the JSON object in some bytes.
   *
   * @param fields gets the object's numbers and texts, too
   */
  Request(FormFields fields, byte[] bytes, int from, int to) {
    this.fields = fields;
    this.bytes = bytes;
    this.from = from;
    this.end = to;
    if (to == from) {
      return;
    }
    try (JsonParser parser = Json.parser(bytes, from, to - from)) {
      parser.nextToken();
      for (int count = 0; parser.nextToken() == JsonToken.PROPERTY_NAME; count++) {
        String name = parser.getString();
        JsonToken value = parser.nextToken();
        surplus = count >= MOST_MEMBERS;
        if (surplus) {
          parser.skipChildren();
        } else if (value.isScalarValue()) {
          plain.put(name, MAPPER.readTree(parser));
        } else {
          int begin = Pieces.start(parser, from);
          places.put(name, new Place(begin, to)); // in case it is truncated
          parser.skipChildren();
          places.put(name, new Place(begin, Pieces.end(parser, from)));
        }
      }
      end = Pieces.end(parser, from);
      plain.forEach(fields::add);
      places.keySet().forEach(name -> fields.add(name, MAPPER.createObjectNode()));
    } catch (JacksonException e) {
      flaw = Json.flaw(e);
    }
  }

  /** The values of the query and the form, or of the JSON object's plain members. */
  FormFields fields() {
    return fields;
  }

  /** Why the JSON cannot be read to its end. */
  @Nullable String flaw() {
    return flaw;
  }

  /** Where the object ends. */
  int end() {
    return end;
  }

  boolean isJson() {
    return bytes.length > 0;
  }

  /** Whether there is more than is read. */
  boolean hasSurplus() {
    return surplus || fields.hasSurplus();
  }

  /** Whether the JSON object has a name of a place anywhere that says anything. */
  boolean mayHoldPlace() {
    return PlaceNames.areIn(fields) || PlaceNames.areIn(bytes, from, end);
  }

  /** The JSON object as a tree; a missing node when it is too large. */
  JsonNode whole() {
    return flaw == null ? tree(from, end) : MissingNode.getInstance();
  }

  /** The members of the JSON object that are lists or objects. */
  Set<String> containers() {
    return places.keySet();
  }

  /** Whether the request says nothing, or nothing that can be read. */
  boolean isNothing() {
    return fields.isEmpty() && (bytes.length == 0 || flaw != null);
  }

  /** Whether the JSON object has a member. */
  boolean has(String name) {
    return plain.containsKey(name) || places.containsKey(name);
  }

  /** Whether the JSON object has a member that is a list or an object. */
  boolean isContainer(String name) {
    return places.containsKey(name);
  }

  /** A member of the JSON object; a missing node when it is not there, or is too large. */
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

  /** Does something with each object of a member that is a list, or with the member itself. */
  void each(String name, Consumer<JsonNode> action) {
    Place place = places.get(name);
    if (place != null) {
      String broken =
          Pieces.each(bytes, place.from, place.to, (a, b) -> action.accept(tree(a, b))).flaw();
      flaw = flaw == null ? broken : flaw;
    }
  }
}
