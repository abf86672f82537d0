package dev.trackside.phone;

import dev.trackside.intake.Source;
import dev.trackside.phone.Junk.Reason;
import java.util.List;

/** The protocols of the apps, and the answers that the apps expect. */
enum PhoneProtocol {
  OWNTRACKS(Source.OWNTRACKS, "[]", new OwnTracksDecoder()),
  OVERLAND(Source.OVERLAND, "{\"result\":\"ok\"}", new ElementsDecoder()),
  TRACCAR_JSON(Source.TRACCAR_JSON, "{}", new ElementsDecoder()),
  TRACCAR(Source.TRACCAR, "OK", new FieldsDecoder("kn")),
  OSMAND(Source.OSMAND, "OK", new FieldsDecoder("kn")),
  GPSLOGGER(Source.GPSLOGGER, "OK", new FieldsDecoder("mps")),
  UNKNOWN(Source.UNKNOWN_APP, "", PhoneProtocol::nothingKnown);

  private static final List<String> IDS = List.of("id", "deviceid");
  private static final List<String> PLACES =
      List.of("lat", "latitude", "lon", "location", "timestamp", "alarm");

  /** Under which its fixes are counted. */
  final Source source;

  /** The answer once the fixes are durable. */
  final String answer;

  @SuppressWarnings("ImmutableEnumChecker") // decoders are stateless
  final Decoder decoder;

  PhoneProtocol(Source source, String answer, Decoder decoder) {
    this.source = source;
    this.answer = answer;
    this.decoder = decoder;
  }

  /** Recognises a protocol by the names in a request. */
  static PhoneProtocol of(Request request) {
    if (request.has("_type")) {
      return OWNTRACKS;
    }
    FormFields fields = request.fields();
    if (request.isContainer("location")
        || request.isContainer("coords")
        || (request.has("device_id") && !fields.hasAny(PLACES))) {
      return request.isContainer("locations") ? OVERLAND : TRACCAR_JSON;
    }
    if (request.containers().stream().anyMatch(ElementsDecoder::reads)
        || request.isContainer("geometry")) {
      return OVERLAND;
    }
    if (fields.hasAny(List.of("speed_unit"))) {
      return fields.hasAny(IDS) ? TRACCAR : OSMAND;
    }
    if (fields.hasAny(FieldsDecoder.MARKS)
        || (request.isJson() && FieldsDecoder.holdPlace(fields))) {
      return GPSLOGGER;
    }
    if (fields.hasAny(IDS)) {
      return TRACCAR;
    }
    return fields.hasAny(PLACES) ? OSMAND : UNKNOWN;
  }

  private static void nothingKnown(Request request, Decoded decoded) {
    if (!request.isNothing()) {
      decoded.junk(Reason.UNKNOWN, "Nothing in it looks like a position from a known app.");
    }
  }

  String wire() {
    return this == UNKNOWN ? "unknown" : source.wire();
  }
}
