package dev.trackside.json;

import dev.trackside.track.Quoted;
import java.io.InputStream;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** JSON from clients, in UTF-8 only, and text that goes back to them. */
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .build();
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
  private static final Pattern START_MARKER = Pattern.compile(" \\(start marker at .*");
  private static final int LONGEST_WORDS = 200;

  private Json() {}

  /** A parser that also reads NaN and infinities, so that they can be refused by name. */
  public static JsonParser parser(byte[] bytes, int from, int length) {
    return FACTORY.createParser(ObjectReadContext.empty(), bytes, from, length);
  }

  /** {@link #parser(byte[], int, int)} of a stream. */
  public static JsonParser parser(InputStream in) {
    return FACTORY.createParser(ObjectReadContext.empty(), in);
  }

  /** A short sentence that says why something is not JSON. */
  public static String flaw(JacksonException e) {
    String words = START_MARKER.matcher(e.getOriginalMessage()).replaceFirst("");
    return "not JSON: " + Quoted.plain(words, LONGEST_WORDS);
  }

  /** Text as a JSON string. A lone surrogate, which UTF-8 cannot encode, stays escaped. */
  public static String quoted(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, quoted);
    return LONE_SURROGATE
        .matcher(quoted.append('"'))
        .replaceAll(lone -> "\\\\u%04X".formatted((int) lone.group().charAt(0)));
  }
}
