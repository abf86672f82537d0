package dev.trackside.json;

import dev.trackside.track.Fix;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads positions, one JSON object after the other. One thread at a time. */
public final class PositionReader {
  /** Names that mean something other than a measurement: never kept, never passed on. */
  public static final Set<String> RESERVED =
      Set.of(
          ("id key keys ref echo trail after batch codec events pace follow unfollow ping"
                  + " type seq late skipped since server")
              .split(" "));

  private final FixReader fix = new FixReader();
  private @Nullable String id;
  private @Nullable String flaw;

  /** Reads the object that the parser has just begun to its end. */
  public void read(JsonParser parser) {
    fix.clear();
    id = null;
    flaw = null;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (name.equals("id")) {
        id(value, parser);
      } else if (RESERVED.contains(name)) {
        parser.skipChildren();
      } else {
        fix.member(name, value, parser);
      }
    }
  }

  private void id(JsonToken value, JsonParser parser) {
    switch (value) {
      case VALUE_STRING, VALUE_NUMBER_INT -> id = parser.getString();
      case VALUE_NULL -> id = null;
      default -> {
        flaw = "id must be a string or a whole number";
        parser.skipChildren();
      }
    }
  }

  /** The runner's id in the position, if it has one. */
  public @Nullable String id() {
    return id;
  }

  /** The fix; null if it is a bad one. */
  public @Nullable Fix fix() {
    return flaw == null ? fix.fix() : null;
  }

  /** What is wrong with the position. */
  public String flaw() {
    String words = flaw == null ? fix.flaw() : flaw;
    return words == null ? "a position needs lat and lon" : words;
  }
}
