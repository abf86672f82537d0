package dev.trackside.phone;

import dev.trackside.json.Json;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** Tells by the names in a message whether it may hold a place, so that none is dropped unsaid. */
final class PlaceNames {
  static final String WORDS = "It may hold a place, but not as any known app writes one.";

  private static final Pattern NAME =
      Pattern.compile(
          "lats?|lons?|lngs?|.*latitude.*|.*longitude.*|(gps|my|user|point|pos)?[_-]?(lat|lon|lng|long)"
              + "|.*(lat|lon|lng)[_-]?(deg|e7)?|lat.?lo?ng?|.*coord.*|gps|(.*[_-])?positions?|(.*[_-])?locations?"
              + "|.*geometry.*|.*gprmc.*|.*nmea.*|geohash|plus.?code|wkt|geo|loc|place|pos|point");

  private PlaceNames() {}

  private static boolean isOne(String name) {
    return NAME.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  /** Whether a field has such a name. */
  static boolean areIn(FormFields fields) {
    return fields.first((name, _) -> isOne(name)).isPresent();
  }

  /** Whether an object, or one in it, has such a member that says anything. */
  static boolean isIn(JsonNode object) {
    return object.properties().stream()
            .anyMatch(member -> isOne(member.getKey()) && saysAnything(member.getValue()))
        || object.valueStream().anyMatch(PlaceNames::isIn);
  }

  private static boolean saysAnything(JsonNode value) {
    return value.isArray()
        ? !value.isEmpty()
        : value.isNumber() || (value.isString() && !value.stringValue().isBlank());
  }

  /** The same in JSON that need not be whole. */
  static boolean areIn(byte[] bytes, int from, int to) {
    try (JsonParser parser = Json.parser(bytes, from, to - from)) {
      boolean named = false;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME) {
          named = isOne(parser.getString());
        } else if (named && (token.isNumeric() || token == JsonToken.VALUE_STRING)) {
          return true;
        } else if (token != JsonToken.START_ARRAY) {
          named = false;
        }
      }
    } catch (JacksonException _) {
      // what cannot be read is said elsewhere
    }
    return false;
  }
}
