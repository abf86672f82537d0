package dev.trackside.phone;

import java.util.List;

/** What the apps speak, and how they want to be answered. */
enum Dialect {
  OWNTRACKS("owntracks", "[]", new OwnTracks()),
  OVERLAND("overland", "{\"result\":\"ok\"}", new Overland()),
  TRACCAR_JSON("traccar-json", "{}", new TraccarJson()),
  TRACCAR("traccar", "OK", new OsmAnd()),
  OSMAND("osmand", "OK", new OsmAnd()),
  GPSLOGGER("gpslogger", "OK", new GpsLogger()),
  UNKNOWN("unknown", "", Dialect::nothingKnown);

  private static final List<String> IDS = List.of("id", "deviceid");
  private static final List<String> PLACES =
      List.of("lat", "latitude", "lon", "location", "timestamp", "alarm");

  /** As people and programs are told. */
  final String wire;

  /** What the app is answered when its fixes are durable. */
  final String answer;

  @SuppressWarnings("ImmutableEnumChecker") // none has a state
  final Decoder decoder;

  Dialect(String wire, String answer, Decoder decoder) {
    this.wire = wire;
    this.answer = answer;
    this.decoder = decoder;
  }

  /** Knows a dialect by the names that are in a request; nothing at all is a sign of life. */
  static Dialect of(Request request) {
    if (request.has("_type")) {
      return OWNTRACKS;
    }
    if (request.has("locations") || request.has("current")) {
      return OVERLAND;
    }
    if (request.isContainer("location")
        || (request.has("device_id") && !request.fields().hasAny(PLACES))) {
      return TRACCAR_JSON;
    }
    Fields fields = request.fields();
    if (fields.hasAny(List.of("speed_unit"))) {
      return fields.hasAny(IDS) ? TRACCAR : OSMAND;
    }
    if (fields.hasAny(GpsLogger.MARKS)) {
      return GPSLOGGER;
    }
    if (fields.hasAny(IDS)) {
      return TRACCAR;
    }
    return fields.hasAny(PLACES) ? OSMAND : UNKNOWN;
  }

  private static void nothingKnown(Request request, Heard heard) {
    if (!request.isNothing()) {
      heard.junk(Reason.UNKNOWN, "Nothing in it is what a known app says of a position.");
    }
  }
}
