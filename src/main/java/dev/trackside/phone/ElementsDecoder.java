package dev.trackside.phone;

import dev.trackside.phone.Junk.Reason;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Reads JSON with a list of positions, or with one that is an object: Overland and GPSLogger's
 * "Dawarich" sender (GeoJSON), Traccar Client 9 and the tracking library in it ({@code coords}), or
 * plain latitudes and longitudes. Speed is in m/s, and −1 is unknown. Each element shows its form.
 */
final class ElementsDecoder implements Decoder {
  /** The members that hold positions, besides the current one. */
  static final List<String> MEMBERS =
      List.of("location", "locations", "position", "positions", "points", "features");

  static final String CURRENT = "current";

  /** An object with one of these is an element itself. */
  static final List<String> MARKS = List.of("geometry", "coords");

  private static final List<String> SIGNS_OF_LIFE = List.of("visit", "trip");
  private static final FieldsDecoder PLAIN = new FieldsDecoder("mps");

  @Override
  public void decode(Request request, Decoded decoded) {
    if (request.isContainer(CURRENT)) {
      element(request.member(CURRENT), decoded); // the newest: the others are late
    }
    for (String member : MEMBERS) {
      request.each(member, element -> element(element, decoded));
    }
    if (isElement(request)) {
      element(request.whole(), decoded);
    } else if (FieldsDecoder.holdPlace(request.fields())) {
      PLAIN.decode(request.fields(), decoded);
    }
  }

  /** Whether a member holds positions. */
  static boolean reads(String member) {
    return member.equals(CURRENT) || MEMBERS.contains(member);
  }

  /** Whether a request is an element without a list around it. */
  static boolean isElement(Request request) {
    return MARKS.stream().anyMatch(request::isContainer);
  }

  private static void element(JsonNode element, Decoded decoded) {
    JsonNode inner = element.path("location").isObject() ? element.path("location") : element;
    FormFields times =
        FormFields.of(inner, element, inner.path("coords"), element.path("properties"));
    decoded.alarms("", element, times);
    int before = decoded.size();
    place(inner, decoded);
    if (decoded.size() == before && PlaceNames.isIn(element)) {
      decoded.junk(Reason.UNKNOWN, PlaceNames.WORDS);
    }
  }

  private static void place(JsonNode element, Decoded decoded) {
    if (element.path("geometry").isObject()) {
      feature(element, decoded);
    } else if (element.path("coords").isObject()) {
      coords(element, decoded);
    } else {
      FormFields fields = FormFields.of(element);
      if (FieldsDecoder.holdPlace(fields)) {
        PLAIN.decode(fields, decoded);
      }
    }
  }

  private static void feature(JsonNode feature, Decoded decoded) {
    JsonNode geometry = feature.path("geometry");
    JsonNode properties = feature.path("properties");
    JsonNode place = geometry.path("coordinates");
    FormFields fields = FormFields.of(properties, feature);
    String type = properties.path("type").asString("").toLowerCase(Locale.ROOT);
    if (properties.has("action") || SIGNS_OF_LIFE.contains(type)) {
      decoded.signOfLife();
      return;
    }
    if (!geometry.path("type").asString("").equalsIgnoreCase("Point") || !place.isArray()) {
      return;
    }
    JsonNode altitude = properties.has("altitude") ? properties.path("altitude") : place.path(2);
    boolean anyAltitude = Decimals.of(properties.path("vertical_accuracy")) < 0;
    double level = Decimals.of(properties.path("battery_level"));
    boolean anyLevel =
        level == 0 && properties.path("battery_state").asString("").equalsIgnoreCase("unknown");
    new Draft(Decimals.of(place.path(1)), Decimals.of(place.path(0)))
        .placeText(place.isEmpty() ? null : place.toString())
        .time(fields)
        .accuracy(Decimals.of(properties.path("horizontal_accuracy")))
        .altitude(anyAltitude ? Double.NaN : Decimals.of(altitude))
        .speedMps(Decimals.of(properties.path("speed")))
        .heading(Decimals.of(properties.path("course")))
        .batteryLevel(anyLevel ? Double.NaN : level)
        .into(decoded);
  }

  private static void coords(JsonNode location, Decoded decoded) {
    JsonNode coords = location.path("coords");
    FormFields fields = FormFields.of(location, coords);
    FormFields place = FormFields.of(coords);
    new Draft(place.number("latitude", "lat"), place.number("longitude", "lon", "lng", "long"))
        .placeText(place.text("latitude", "lat", "longitude", "lon", "lng", "long"))
        .time(fields)
        .accuracy(place.number("accuracy", "acc"))
        .altitude(place.number("altitude", "alt"))
        .speedMps(place.number("speed"))
        .heading(place.number("heading"))
        .batteryLevel(Decimals.of(location.path("battery").path("level")))
        .into(decoded);
  }
}
