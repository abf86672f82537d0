package dev.trackside.phone;

import dev.trackside.track.Fix;
import java.util.List;

/**
 * Reads a position whose values have names of their own, in a query, a form or a JSON object:
 * Traccar Client 8 and 10, OsmAnd, GPSLogger, whose users choose the names, and our own positions.
 * Android sends 0 for unknown.
 */
final class FieldsDecoder implements Decoder {
  /** Names that tell that a speed is in m/s. */
  static final List<String> MARKS =
      List.of(
          ("longitude lng long s spd spd_kph vel time ts tst t tim epoch fixtime datetime date"
                  + " timestamp_unix requesttimestamp acc alt ele dir direction bear cog course hdg"
                  + " bat battery sat hr queue gprmc")
              .split(" "));

  private static final String[] LAT = {"lat", "latitude"};
  private static final String[] LON = {"lon", "lng", "long", "longitude"};

  private final String usualUnit;

  /**
   * @param usualUnit the unit of {@code speed} unless {@code speed_unit} gives another
   */
  FieldsDecoder(String usualUnit) {
    this.usualUnit = usualUnit;
  }

  @Override
  public void decode(Request request, Decoded decoded) {
    decode(request.fields(), decoded);
  }

  /** Whether there is a place, or a part of one. */
  static boolean holdPlace(FormFields fields) {
    return fields.text(LAT) != null
        || fields.text(LON) != null
        || fields.text("location", "gprmc") != null;
  }

  void decode(FormFields fields, Decoded decoded) {
    String valid = fields.text("valid");
    if ("false".equalsIgnoreCase(valid) || "0".equals(valid)) {
      decoded.signOfLife(); // the phone does not know where it is
      return;
    }
    Nmea.addTo(fields);
    place(fields)
        .time(fields)
        .accuracy(fields.number("accuracy", "acc"))
        .altitude(fields.numberButZero("altitude", "alt", "ele"))
        .speedMps(fields.numberButZero("s", "spd", "vel"))
        .speed(fields.numberButZero("spd_kph"), "kmh")
        .speed(fields.numberButZero("speed"), unit(fields))
        .heading(
            fields.numberButZero(
                "bearing", "heading", "dir", "direction", "bear", "cog", "course", "hdg"))
        .battery(fields.numberButZero("batt", "bat", "battery"))
        .heartRate(fields.numberButZero("hr"))
        .queue(fields.number("queue"))
        .into(decoded);
  }

  private String unit(FormFields fields) {
    String unit = fields.text("speed_unit");
    return unit == null ? usualUnit : unit;
  }

  private static Draft place(FormFields fields) {
    double latDeg = fields.number(LAT);
    double lonDeg = fields.number(LON);
    String location = fields.text("location");
    if (location == null || (!Double.isNaN(latDeg) && !Double.isNaN(lonDeg))) {
      String written = fields.text("lat", "latitude", "lon", "lng", "long", "longitude", "gprmc");
      return new Draft(latDeg, lonDeg).placeText(written);
    }
    String[] parts = location.split(",", -1);
    Draft draft =
        parts.length < 2
            ? new Draft(Fix.UNKNOWN, Fix.UNKNOWN)
            : new Draft(Decimals.of(parts[0].strip()), Decimals.of(parts[1].strip()));
    return draft.placeText(location);
  }
}
