package dev.trackside.live;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.trackside.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Finds the keys in a message, as far as it can be read. */
final class Keys {
  /** The bytes between the quotes. */
  private record Place(int from, int to) {}

  private Keys() {}

  /** The same message with other keys of the same length. */
  static byte[] replaced(byte[] bytes) {
    byte[] other = bytes.clone();
    for (Place place : places(bytes)) {
      for (int i = place.from; i < place.to; i++) {
        other[i] = (byte) (bytes[i] == 'K' ? 'L' : 'K');
      }
    }
    return other;
  }

  /** The keys that appear nowhere else in the message, and must not appear in any answer. */
  static List<String> secrets(byte[] bytes, int least) {
    var secrets = new ArrayList<String>();
    String rest = new String(replaced(bytes), ISO_8859_1);
    for (Place place : places(bytes)) {
      String key = new String(bytes, place.from, place.to - place.from, ISO_8859_1);
      if (key.length() >= least && !rest.contains(key)) {
        secrets.add(key);
      }
    }
    return secrets;
  }

  private static List<Place> places(byte[] bytes) {
    var places = new ArrayList<Place>();
    try (JsonParser parser = Json.parser(bytes, 0, bytes.length)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
          JsonToken value = parser.nextToken();
          if (name.equals("key")) {
            add(parser, bytes, places);
          } else if (name.equals("keys") && value == JsonToken.START_OBJECT) {
            while (parser.nextName() != null) {
              parser.nextToken();
              add(parser, bytes, places);
              parser.skipChildren();
            }
          }
          parser.skipChildren();
        }
      }
    } catch (JacksonException e) {
      return places; // those found so far
    }
    return places;
  }

  /** Adds the place of the current string, if it has only letters and digits. */
  private static void add(JsonParser parser, byte[] bytes, List<Place> places) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return;
    }
    int from = (int) parser.currentTokenLocation().getByteOffset() + 1;
    int length = parser.getString().length();
    for (int i = from; i < from + length; i++) {
      if (i >= bytes.length || !Character.isLetterOrDigit((char) bytes[i]) || bytes[i] < 0) {
        return;
      }
    }
    places.add(new Place(from, from + length));
  }
}
