package dev.trackside.phone;

import tools.jackson.databind.JsonNode;

/** Traccar Client 9: one location or several, in m/s; −1 is unknown. */
final class TraccarJson implements Decoder {
  @Override
  public void decode(Request request, Heard heard) {
    request.each("location", location -> location(location, heard));
  }

  private static void location(JsonNode location, Heard heard) {
    heard.alarm(
        location.path("extras").path("alarm").asString(""), textOf(location.path("timestamp")));
    JsonNode coords = location.path("coords");
    new Draft(Numbers.of(coords.path("latitude")), Numbers.of(coords.path("longitude")))
        .time(textOf(location.path("timestamp")))
        .accuracy(Numbers.of(coords.path("accuracy")))
        .altitude(Numbers.of(coords.path("altitude")))
        .speedMps(Numbers.of(coords.path("speed")))
        .heading(Numbers.of(coords.path("heading")))
        .batteryLevel(Numbers.of(location.path("battery").path("level")))
        .into(heard);
  }

  private static String textOf(JsonNode timestamp) {
    return timestamp.isMissingNode() || timestamp.isNull() ? "0" : timestamp.asString("?");
  }
}
