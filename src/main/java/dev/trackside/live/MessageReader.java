package dev.trackside.live;

import dev.trackside.access.Key;
import dev.trackside.json.FixReader;
import dev.trackside.json.Json;
import dev.trackside.json.PositionReader;
import dev.trackside.live.Refusal.Code;
import dev.trackside.track.Quoted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.util.RawValue;

/** Reads one message of a client in one pass. Used once. */
final class MessageReader {
  private static final int LONGEST_REF = 64;
  private static final int LONGEST_KEY = 128;

  private final JsonParser parser;
  private final FixReader fix = new FixReader();
  private @Nullable String id;
  private @Nullable RawValue ref;
  private @Nullable RawValue ping;
  private @Nullable List<String> follow;
  private @Nullable List<String> unfollow;
  private Map<String, Long> after = Map.of();
  private Map<String, Long> trail = Map.of();
  private Map<String, Key> keys = Map.of();
  private @Nullable Boolean echo;
  private @Nullable Boolean batch;
  private boolean compact;
  private @Nullable Boolean events;
  private @Nullable Long paceMs;

  private MessageReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * @throws Refusal when the message is no JSON object, or has a wrong option or command; {@link
   *     ClientMessage#flaw} tells a wrong position
   */
  static ClientMessage read(byte[] bytes, int length) throws Refusal {
    try (JsonParser parser = Json.parser(bytes, 0, length)) {
      return new MessageReader(parser).read();
    } catch (JacksonException e) {
      throw new Refusal(Code.BAD_JSON, Json.flaw(e));
    }
  }

  private ClientMessage read() throws Refusal {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new Refusal(Code.BAD_JSON, "a message must be one JSON object, {…}");
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      member(name, parser.nextToken());
    }
    if (parser.nextToken() != null) {
      throw new Refusal(Code.BAD_JSON, "a message must be one JSON object with nothing after it");
    }
    return new ClientMessage(
        id,
        fix.begun(),
        fix.fix(),
        fix.flaw(),
        ref,
        ping,
        follow,
        unfollow,
        after,
        trail,
        keys,
        echo,
        batch,
        compact,
        events,
        paceMs);
  }

  private void member(String name, JsonToken value) throws Refusal {
    boolean reserved = PositionReader.RESERVED.contains(name);
    if (reserved && value == JsonToken.VALUE_NULL) {
      return;
    }
    switch (name) {
      case "id" -> id = idOf(value);
      case "key" -> {
        Key shown = key(name, value);
        if (parser.getStringLength() > 0) {
          put("", shown);
        }
      }
      case "keys" -> keys(name, value);
      case "ref" -> ref = raw(name, value);
      case "ping" -> ping = raw(name, value);
      case "follow" -> follow = feeds(name, value);
      case "unfollow" -> unfollow = feeds(name, value);
      case "after" -> after = numbers(name, value, Long.MAX_VALUE);
      case "trail" -> trail = numbers(name, value, 10_000);
      case "echo" -> echo = flag(name, value);
      case "batch" -> batch = flag(name, value);
      case "codec" -> compact = compact(value);
      case "events" -> events = flag(name, value);
      case "pace" -> paceMs = number(name, value, PaceSteps.MOST_MS);
      default -> {
        if (reserved) {
          parser.skipChildren();
        } else {
          fix.member(name, value, parser);
        }
      }
    }
  }

  private String idOf(JsonToken value) throws Refusal {
    if (!isName(value)) {
      throw new Refusal(Code.BAD_ID, "id must be a string or a whole number");
    }
    return parser.getString();
  }

  private static boolean isName(JsonToken value) {
    return value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT;
  }

  private void keys(String name, JsonToken value) throws Refusal {
    if (value != JsonToken.START_OBJECT) {
      throw new Refusal(Code.BAD_COMMAND, "keys must be an object: {\"anna\":\"…\"}");
    }
    for (String feed = parser.nextName(); feed != null; feed = parser.nextName()) {
      put(feed, key(name, parser.nextToken()));
    }
  }

  private void put(String feed, Key key) {
    keys = keys.isEmpty() ? new HashMap<>(2) : keys;
    keys.put(feed, key);
  }

  /** The words never quote the value, for it may hold a key. */
  private Key key(String name, JsonToken value) throws Refusal {
    if (value != JsonToken.VALUE_STRING || parser.getStringLength() > LONGEST_KEY) {
      throw new Refusal(
          Code.BAD_COMMAND, name + " must be strings of at most " + LONGEST_KEY + " characters");
    }
    return Key.of(parser.getString());
  }

  private RawValue raw(String name, JsonToken value) throws Refusal {
    boolean number = value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_NUMBER_FLOAT;
    boolean text = value == JsonToken.VALUE_STRING;
    if (!(number || text) || parser.isNaN() || parser.getStringLength() > LONGEST_REF) {
      throw new Refusal(
          Code.BAD_COMMAND,
          name + " must be a number or a string of at most " + LONGEST_REF + " characters");
    }
    return new RawValue(text ? Json.quoted(parser.getString()) : parser.getString());
  }

  private List<String> feeds(String name, JsonToken value) throws Refusal {
    var feeds = new ArrayList<String>();
    boolean good = value == JsonToken.START_ARRAY;
    while (good && parser.nextToken() != JsonToken.END_ARRAY) {
      good = isName(parser.currentToken());
      feeds.add(parser.getString());
    }
    if (!good) {
      throw new Refusal(Code.BAD_COMMAND, name + " must be an array of ids: [\"anna\"]");
    }
    return feeds;
  }

  private Map<String, Long> numbers(String name, JsonToken value, long most) throws Refusal {
    if (value != JsonToken.START_OBJECT) {
      return Map.of("", number(name, value, most));
    }
    var numbers = new HashMap<String, Long>();
    for (String feed = parser.nextName(); feed != null; feed = parser.nextName()) {
      numbers.put(feed, number(name, parser.nextToken(), most));
    }
    return numbers;
  }

  private long number(String name, JsonToken value, long most) throws Refusal {
    if (value == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      long number = parser.getLongValue();
      if (number >= 0 && number <= most) {
        return number;
      }
    }
    throw new Refusal(
        Code.BAD_COMMAND,
        name + " must be a whole number from 0 to " + most + ", got " + shown(value));
  }

  private boolean flag(String name, JsonToken value) throws Refusal {
    if (value != JsonToken.VALUE_TRUE && value != JsonToken.VALUE_FALSE) {
      throw new Refusal(Code.BAD_COMMAND, name + " must be true or false, got " + shown(value));
    }
    return value == JsonToken.VALUE_TRUE;
  }

  private boolean compact(JsonToken value) throws Refusal {
    if (value != JsonToken.VALUE_STRING || !parser.getString().equals("compact")) {
      throw new Refusal(
          Code.BAD_COMMAND, "codec must be \"compact\" or left out, got " + shown(value));
    }
    return true;
  }

  private String shown(JsonToken value) {
    String text = value.isScalarValue() ? parser.getString() : value.asString();
    return Quoted.plain(text, LONGEST_REF);
  }
}
