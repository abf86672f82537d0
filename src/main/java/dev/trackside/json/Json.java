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

/** JSON that strangers send, in UTF-8 and nothing else, and text that goes back to them. */
public final class Json {
  private static final JsonFactory STRANGERS =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .build();
  private static final Pattern HALF_CHARACTER = Pattern.compile("\\p{Cs}");
  private static final Pattern START_MARKER = Pattern.compile(" \\(start marker at .*");
  private static final int LONGEST_WORDS = 200;

  private Json() {}

  /** Reads NaN and infinities as well, so that they can be refused by name. */
  public static JsonParser parser(byte[] bytes, int from, int length) {
    return STRANGERS.createParser(ObjectReadContext.empty(), bytes, from, length);
  }

  /** Reads NaN and infinities as well, so that they can be refused by name. */
  public static JsonParser parser(InputStream in) {
    return STRANGERS.createParser(ObjectReadContext.empty(), in);
  }

  /** Why something is no JSON, in a short sentence. */
  public static String flaw(JacksonException e) {
    String words = START_MARKER.matcher(e.getOriginalMessage()).replaceFirst("");
    return "not JSON: " + Quoted.plain(words, LONGEST_WORDS);
  }

  /** Text as JSON. Half a character, which no UTF-8 can say, stays escaped. */
  public static String quoted(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, quoted);
    return HALF_CHARACTER
        .matcher(quoted.append('"'))
        .replaceAll(half -> "\\\\u%04X".formatted((int) half.group().charAt(0)));
  }
}
