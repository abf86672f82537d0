package dev.trackside.phone;

import dev.trackside.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Finds the objects in a JSON list without parsing them. */
final class Pieces {
  static final int MOST_BYTES = 64 * 1024;
  private static final int MOST = 10_000;

  /** Gets the bounds of an object. */
  interface Found {
    void object(int from, int to);
  }

  private Pieces() {}

  /**
   * What was found.
   *
   * @param end where the list ends, or the bytes, if it does not
   * @param flaw why something was left out, or null
   */
  record Outcome(int end, @Nullable String flaw) {}

  /** Finds the whole objects in a list, or the single object in its place. */
  static Outcome each(byte[] bytes, int from, int to, Found found) {
    String flaw = null;
    int listEnd = to;
    try (JsonParser parser = Json.parser(bytes, from, to - from)) {
      JsonToken token = parser.nextToken();
      boolean list = token == JsonToken.START_ARRAY;
      token = list ? parser.nextToken() : token;
      for (int count = 1; token != null && token != JsonToken.END_ARRAY; count++) {
        if (count > MOST) {
          return new Outcome(to, "a list may have at most " + MOST + " elements, got more");
        }
        int begin = start(parser, from);
        parser.skipChildren();
        int end = end(parser, from);
        if (token == JsonToken.START_OBJECT && end - begin <= MOST_BYTES) {
          found.object(begin, end);
        } else if (token == JsonToken.START_OBJECT) {
          flaw = "an element may have at most " + MOST_BYTES + " bytes, got " + (end - begin);
        }
        token = list ? parser.nextToken() : null;
      }
      listEnd = end(parser, from);
    } catch (JacksonException e) {
      flaw = Json.flaw(e);
    }
    return new Outcome(listEnd, flaw);
  }

  static int start(JsonParser parser, int from) {
    return from + (int) parser.currentTokenLocation().getByteOffset();
  }

  static int end(JsonParser parser, int from) {
    return from + (int) parser.currentLocation().getByteOffset();
  }
}
