package dev.trackside.phone;

import tools.jackson.databind.JsonNode;

/** Reads Traccar Client 9: one location or several, speed in m/s, −1 for unknown. */
final class TraccarJsonDecoder implements Decoder {
  @Override
  public void decode(Request request, Decoded decoded) {
    request.each("location", location -> location(location, decoded));
  }

  private static void location(JsonNode location, Decoded decoded) {
    String time = Moments.text(location.path("timestamp"));
    decoded.alarm(location.path("extras").path("alarm").asString(""), time);
    JsonNode coords = location.path("coords");
    new Draft(Decimals.of(coords.path("latitude")), Decimals.of(coords.path("longitude")))
        .time(time)
        .accuracy(Decimals.of(coords.path("accuracy")))
        .altitude(Decimals.of(coords.path("altitude")))
        .speedMps(Decimals.of(coords.path("speed")))
        .heading(Decimals.of(coords.path("heading")))
        .batteryLevel(Decimals.of(location.path("battery").path("level")))
        .into(decoded);
  }
}
