package dev.trackside.setup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.regex.Pattern;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes the link from which OwnTracks takes its configuration, JSON in base 64. */
final class OwnTracks {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final Pattern UNSAFE = Pattern.compile("[>?~]");
  private static final int HTTP = 3;
  private static final int MOVE = 2;

  private OwnTracks() {}

  static String link(Endpoint endpoint) {
    return "owntracks:///config?inline="
        + letters(MAPPER.writeValueAsString(configuration(endpoint)));
  }

  /**
   * In move mode Android reads {@code moveModeLocatorInterval}; iOS reads {@code locatorInterval}
   * and {@code locatorDisplacement}, and leaves the mode when the battery falls below {@code
   * downgrade} percent. Zero switches the other filters off.
   */
  private static ObjectNode configuration(Endpoint endpoint) {
    return MAPPER
        .createObjectNode()
        .put("_type", "configuration")
        .put("mode", HTTP)
        .put("url", endpoint.address())
        .put("auth", false)
        .put("deviceId", endpoint.device())
        .put("tid", endpoint.initials())
        .put("monitoring", MOVE)
        .put("moveModeLocatorInterval", 1)
        .put("locatorInterval", 1)
        .put("locatorDisplacement", 0)
        .put("ignoreInaccurateLocations", 0)
        .put("ignoreStaleLocations", 0)
        .put("downgrade", 0)
        .put("extendedData", true);
  }

  /**
   * Base 64 with letters and digits only, since readers disagree on the other three characters in a
   * query. ASCII yields no plus and no slash when {@code > ? ~} are escaped, and blanks after the
   * object replace the padding.
   */
  private static String letters(String json) {
    String escaped =
        UNSAFE
            .matcher(json)
            .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    String padded = escaped + " ".repeat(Math.floorMod(-escaped.length(), 3));
    return Base64.getEncoder().encodeToString(padded.getBytes(US_ASCII));
  }
}
