package dev.trackside.phone;

import tools.jackson.databind.JsonNode;

/**
 * Reads Overland on iOS and GPSLogger's "Dawarich" sender: GeoJSON features in batches. A feature
 * that is not a point (a visit, a trip, an action) is a sign of life.
 */
final class OverlandDecoder implements Decoder {
  @Override
  public void decode(Request request, Decoded decoded) {
    feature(request.member("current"), decoded); // the newest: the others are late
    request.each("locations", feature -> feature(feature, decoded));
  }

  private static void feature(JsonNode feature, Decoded decoded) {
    JsonNode place = feature.path("geometry").path("coordinates");
    JsonNode properties = feature.path("properties");
    if (!feature.path("geometry").path("type").asString("").equals("Point")
        || !place.isArray()
        || properties.has("action")
        || properties.path("type").asString("").equals("visit")) {
      return;
    }
    var draft =
        new Draft(Decimals.of(place.path(1)), Decimals.of(place.path(0)))
            .time(Moments.text(properties.path("timestamp")))
            .accuracy(Decimals.of(properties.path("horizontal_accuracy")))
            .speedMps(Decimals.of(properties.path("speed")))
            .heading(Decimals.of(properties.path("course")))
            .batteryLevel(Decimals.of(properties.path("battery_level")));
    if (!(Decimals.of(properties.path("vertical_accuracy")) < 0)) {
      draft.altitude(Decimals.of(properties.path("altitude")));
    }
    draft.into(decoded);
  }
}
