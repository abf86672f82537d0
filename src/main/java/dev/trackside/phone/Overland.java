package dev.trackside.phone;

import tools.jackson.databind.JsonNode;

/**
 * Overland on iOS, and GPSLogger's sender "Dawarich": GeoJSON features in batches. A feature that
 * is no point (a visit, a trip, an action) is a sign of life.
 */
final class Overland implements Decoder {
  @Override
  public void decode(Request request, Heard heard) {
    feature(request.member("current"), heard); // the newest: the others fill in behind it
    request.each("locations", feature -> feature(feature, heard));
  }

  private static void feature(JsonNode feature, Heard heard) {
    JsonNode place = feature.path("geometry").path("coordinates");
    JsonNode properties = feature.path("properties");
    if (!feature.path("geometry").path("type").asString("").equals("Point")
        || !place.isArray()
        || properties.has("action")
        || properties.path("type").asString("").equals("visit")) {
      return;
    }
    var draft =
        new Draft(Numbers.of(place.path(1)), Numbers.of(place.path(0)))
            .time(textOf(properties.path("timestamp")))
            .accuracy(Numbers.of(properties.path("horizontal_accuracy")))
            .speedMps(Numbers.of(properties.path("speed")))
            .heading(Numbers.of(properties.path("course")))
            .batteryLevel(Numbers.of(properties.path("battery_level")));
    if (!(Numbers.of(properties.path("vertical_accuracy")) < 0)) {
      draft.altitude(Numbers.of(properties.path("altitude")));
    }
    draft.into(heard);
  }

  private static String textOf(JsonNode timestamp) {
    return timestamp.isMissingNode() || timestamp.isNull() ? "0" : timestamp.asString("?");
  }
}
