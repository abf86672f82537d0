package dev.trackside.phone;

import dev.trackside.intake.Source;
import java.util.List;

/** What the apps speak, and how they want to be answered. */
enum PhoneProtocol {
  OWNTRACKS(Source.OWNTRACKS, "[]", new OwnTracksDecoder()),
  OVERLAND(Source.OVERLAND, "{\"result\":\"ok\"}", new OverlandDecoder()),
  TRACCAR_JSON(Source.TRACCAR_JSON, "{}", new TraccarJsonDecoder()),
  TRACCAR(Source.TRACCAR, "OK", new OsmAndDecoder()),
  OSMAND(Source.OSMAND, "OK", new OsmAndDecoder()),
  GPSLOGGER(Source.GPSLOGGER, "OK", new GpsLoggerDecoder()),
  UNKNOWN(Source.UNKNOWN_APP, "", PhoneProtocol::nothingKnown);

  private static final List<String> IDS = List.of("id", "deviceid");
  private static final List<String> PLACES =
      List.of("lat", "latitude", "lon", "location", "timestamp", "alarm");

  /** As what its fixes are counted. */
  final Source source;

  /** What the app is answered when its fixes are durable. */
  final String answer;

  @SuppressWarnings("ImmutableEnumChecker") // none has a state
  final Decoder decoder;

  PhoneProtocol(Source source, String answer, Decoder decoder) {
    this.source = source;
    this.answer = answer;
    this.decoder = decoder;
  }

  /** Knows a protocol by the names that are in a request; nothing at all is a sign of life. */
  static PhoneProtocol of(Request request) {
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
    FormFields fields = request.fields();
    if (fields.hasAny(List.of("speed_unit"))) {
      return fields.hasAny(IDS) ? TRACCAR : OSMAND;
    }
    if (fields.hasAny(GpsLoggerDecoder.MARKS)) {
      return GPSLOGGER;
    }
    if (fields.hasAny(IDS)) {
      return TRACCAR;
    }
    return fields.hasAny(PLACES) ? OSMAND : UNKNOWN;
  }

  private static void nothingKnown(Request request, Decoded decoded) {
    if (!request.isNothing()) {
      decoded.junk(Reason.UNKNOWN, "Nothing in it is what a known app says of a position.");
    }
  }

  /** As people and programs are told. */
  String wire() {
    return this == UNKNOWN ? "unknown" : source.wire();
  }
}
