package dev.trackside.phone;

import tools.jackson.databind.JsonNode;

/** Traccar Client 9: one location or several, in m/s; −1 is unknown. */
final class TraccarJsonDecoder implements Decoder {
  @Override
  public void decode(Request request, Decoded decoded) {
    request.each("location", location -> location(location, decoded));
  }

  private static void location(JsonNode location, Decoded decoded) {
    decoded.alarm(
        location.path("extras").path("alarm").asString(""), textOf(location.path("timestamp")));
    JsonNode coords = location.path("coords");
    new Draft(Decimals.of(coords.path("latitude")), Decimals.of(coords.path("longitude")))
        .time(textOf(location.path("timestamp")))
        .accuracy(Decimals.of(coords.path("accuracy")))
        .altitude(Decimals.of(coords.path("altitude")))
        .speedMps(Decimals.of(coords.path("speed")))
        .heading(Decimals.of(coords.path("heading")))
        .batteryLevel(Decimals.of(location.path("battery").path("level")))
        .into(decoded);
  }

  private static String textOf(JsonNode timestamp) {
    return timestamp.isMissingNode() || timestamp.isNull() ? "0" : timestamp.asString("?");
  }
}
