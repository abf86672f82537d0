package dev.trackside.phone;

import dev.trackside.phone.Junk.Reason;
import java.util.List;
import java.util.Locale;

/**
 * Reads OwnTracks on Android and iOS, and apps that write as it does. Only a {@code location} is a
 * position, though other messages have coordinates, too. Speed is in km/h; Colota, which says
 * {@code bear} for {@code cog}, gives it in m/s.
 */
final class OwnTracksDecoder implements Decoder {
  private static final List<String> SIGNS_OF_LIFE =
      List.of(
          ("lwt transition waypoint waypoints card cmd status steps step dump configuration beacon"
                  + " request event info")
              .split(" "));

  @Override
  public void decode(Request request, Decoded decoded) {
    String type = request.member("_type").asString("").toLowerCase(Locale.ROOT);
    switch (type) {
      case "location" -> location(request.fields(), decoded);
      case "encrypted" ->
          decoded.junk(
              Reason.ENCRYPTED,
              "The app encrypts its messages. Remove the encryption key from its settings.");
      default -> {
        if (SIGNS_OF_LIFE.contains(type)) {
          decoded.signOfLife();
        }
      }
    }
  }

  private static void location(FormFields fields, Decoded decoded) {
    if ("p".equals(fields.text("t"))) {
      decoded.signOfLife(); // a ping repeats the last place as if it were now
      return;
    }
    fields.remove(List.of("t")); // what has made the app report
    boolean colota = fields.text("bear") != null && fields.text("cog") == null;
    new Draft(fields.number("lat", "latitude"), fields.number("lon", "lng", "longitude"))
        .placeText(fields.text("lat", "latitude", "lon", "lng", "longitude"))
        .time(fields)
        .accuracy(fields.number("acc"))
        .altitude(fields.number("alt"))
        .speed(fields.number("vel"), colota ? "mps" : "kmh")
        .heading(fields.number("cog", "bear", "bearing", "heading", "course"))
        .battery(fields.number("batt"))
        .into(decoded);
  }
}
