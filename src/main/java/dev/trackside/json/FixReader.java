package dev.trackside.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.track.Fix;
import dev.trackside.track.PhoneClock;
import dev.trackside.track.Quoted;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Collects the members of a fix, and finds what is wrong with them. One thread at a time. */
public final class FixReader {
  private static final int MOST_EXTRAS = 8;
  private static final int LONGEST_SHOWN = 40;

  private static final int LAT = 0;
  private static final int LON = 1;
  private static final int ALT = 2;
  private static final int ACC = 3;
  private static final int SPEED = 4;
  private static final int HEADING = 5;
  private static final int BATTERY = 6;
  private static final int HR = 7;
  private static final int QUEUE = 8;

  private static final int NEEDED = 1 << LAT | 1 << LON;

  /** Phones send −1 for these when they do not know them. */
  private static final int MINUS_ONE_IS_UNKNOWN =
      1 << ACC | 1 << SPEED | 1 << HEADING | 1 << BATTERY | 1 << HR;

  private final double[] measures = new double[QUEUE + 1];
  private long tMs = Fix.NO_TIME;
  private boolean timed;
  private int seen;
  private Map<String, String> extras = Map.of();
  private @Nullable String flaw;

  public FixReader() {
    clear();
  }

  /** Starts over, for the next fix. */
  void clear() {
    Arrays.fill(measures, Fix.UNKNOWN);
    tMs = Fix.NO_TIME;
    timed = false;
    seen = 0;
    extras = Map.of();
    flaw = null;
  }

  /** Takes a member whose value has just begun, and reads the value to its end. */
  public void member(String name, JsonToken value, JsonParser parser) {
    switch (name) {
      case "lat", "latitude" -> measure(LAT, name, value, parser);
      case "lon", "longitude", "lng", "long" -> measure(LON, name, value, parser);
      case "alt" -> measure(ALT, name, value, parser);
      case "acc" -> measure(ACC, name, value, parser);
      case "speed" -> measure(SPEED, name, value, parser);
      case "heading" -> measure(HEADING, name, value, parser);
      case "battery" -> measure(BATTERY, name, value, parser);
      case "hr" -> measure(HR, name, value, parser);
      case "queue" -> measure(QUEUE, name, value, parser);
      case "t" -> time(value, parser);
      default -> extra(name, value, parser);
    }
  }

  /** Whether there is any member of a position. */
  public boolean begun() {
    return seen != 0 || timed;
  }

  /** What is wrong, once {@link #fix} has been called; null if nothing is. */
  public @Nullable String flaw() {
    return flaw;
  }

  /** The fix; null if there is none, or a bad one. */
  public @Nullable Fix fix() {
    if (!begun() || flaw != null) {
      return null;
    }
    if ((seen & NEEDED) != NEEDED) {
      blame("a position needs lat and lon");
      return null;
    }
    String further = extras.isEmpty() ? "" : further();
    int bytes = further.getBytes(UTF_8).length;
    if (extras.size() > MOST_EXTRAS || bytes > Fix.EXTRAS_BYTES) {
      blame(
          "a position has at most %d further members, %d bytes in all, got %d of %d"
              .formatted(MOST_EXTRAS, Fix.EXTRAS_BYTES, extras.size(), bytes));
      return null;
    }
    try {
      return new Fix(
          tMs,
          measures[LAT],
          measures[LON],
          measures[ALT],
          measures[ACC],
          measures[SPEED],
          measures[HEADING],
          measures[BATTERY],
          measures[HR],
          measures[QUEUE],
          further);
    } catch (IllegalArgumentException e) {
      blame(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private void measure(int measure, String name, JsonToken value, JsonParser parser) {
    int bit = 1 << measure;
    if ((seen & bit) != 0) {
      blame(name + " is given twice");
    }
    if (value == JsonToken.VALUE_NULL && (bit & NEEDED) == 0) {
      return;
    }
    if ((value != JsonToken.VALUE_NUMBER_INT && value != JsonToken.VALUE_NUMBER_FLOAT)
        || !Double.isFinite(parser.getDoubleValue())) {
      blame(name + " must be a number, got " + shown(value, parser));
      parser.skipChildren();
    } else {
      double number = parser.getDoubleValue();
      if (number == -1 && (bit & MINUS_ONE_IS_UNKNOWN) != 0) {
        return;
      }
      measures[measure] = number;
    }
    seen |= bit;
  }

  private void time(JsonToken value, JsonParser parser) {
    if (timed) {
      blame("t is given twice");
    }
    timed = true;
    switch (value) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        double number = parser.getDoubleValue();
        if (Double.isFinite(number)) {
          tMs = PhoneClock.given(number);
          return;
        }
      }
      case VALUE_STRING -> {
        try {
          tMs = PhoneClock.given(OffsetDateTime.parse(parser.getString()).toInstant());
          return;
        } catch (DateTimeException _) {
          // said below
        }
      }
      case VALUE_NULL -> {
        return;
      }
      default -> parser.skipChildren();
    }
    blame("t must be epoch s, epoch ms or ISO-8601 with a zone, got " + shown(value, parser));
  }

  private void extra(String name, JsonToken value, JsonParser parser) {
    if (!value.isScalarValue()) {
      parser.skipChildren();
      return;
    }
    if (value.isNumeric() && !Double.isFinite(parser.getDoubleValue())) {
      blame(shown(name) + " must be a finite number, got " + shown(value, parser));
      return;
    }
    if (extras.isEmpty()) {
      extras = new LinkedHashMap<>();
    }
    boolean text = value == JsonToken.VALUE_STRING;
    if (extras.put(name, text ? Json.quoted(parser.getString()) : parser.getString()) != null) {
      blame(shown(name) + " is given twice");
    }
  }

  private String further() {
    var json = new StringBuilder();
    extras.forEach(
        (name, value) ->
            json.append(json.isEmpty() ? "" : ",")
                .append(Json.quoted(name))
                .append(':')
                .append(value));
    return json.toString();
  }

  private void blame(String words) {
    if (flaw == null) {
      flaw = words;
    }
  }

  private static String shown(JsonToken value, JsonParser parser) {
    if (!value.isScalarValue()) {
      return value.asString() == null ? "an object" : value.asString();
    }
    String text = String.valueOf(parser.getString());
    return value == JsonToken.VALUE_STRING ? '"' + shown(text) + '"' : shown(text);
  }

  private static String shown(String text) {
    return Quoted.plain(text, LONGEST_SHOWN);
  }
}
