package dev.trackside.setup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** OwnTracks takes its configuration, JSON in base 64, from a link. */
final class OwnTracks {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final int HTTP = 3;
  private static final int MOVE = 2;

  private OwnTracks() {}

  static String link(Endpoint endpoint) {
    return "owntracks:///config?inline="
        + letters(MAPPER.writeValueAsString(configuration(endpoint)));
  }

  /**
   * In move mode Android takes {@code moveModeLocatorInterval}; iOS takes {@code locatorInterval}
   * and {@code locatorDisplacement}, and would leave the mode when the battery falls below {@code
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
   * Base 64 of letters and digits only, for readers differ in what they make of the other three
   * signs within a query. ASCII gives no plus and no slash as long as {@code > ? ~} are escaped,
   * and blanks behind the object take the place of the padding.
   */
  private static String letters(String json) {
    var plain = new StringBuilder();
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '>' || c == '?' || c == '~') {
        plain.append("\\u%04x".formatted((int) c));
      } else {
        plain.append(c);
      }
    }
    while (plain.length() % 3 != 0) {
      plain.append(' ');
    }
    return Base64.getEncoder().encodeToString(plain.toString().getBytes(US_ASCII));
  }
}
