package dev.trackside.phone;

import dev.trackside.track.Fix;

/**
 * Reads OsmAnd's online tracking and Traccar Client 8 and 10, in a query or a form. Speed is in
 * knots unless {@code speed_unit} says otherwise. Android sends 0 for unknown.
 */
final class OsmAndDecoder implements Decoder {
  @Override
  public void decode(Request request, Decoded decoded) {
    FormFields fields = request.fields();
    String valid = fields.text("valid");
    if ("false".equalsIgnoreCase(valid) || "0".equals(valid)) {
      return; // the phone does not know where it is
    }
    String unit = fields.text("speed_unit");
    place(fields)
        .placeText(fields.text("location", "lat", "latitude"))
        .time(fields.text("timestamp"))
        .accuracy(fields.number("accuracy"))
        .altitude(fields.numberButZero("altitude"))
        .speed(fields.numberButZero("speed"), unit == null ? "kn" : unit)
        .heading(fields.numberButZero("bearing", "heading"))
        .battery(fields.numberButZero("batt"))
        .into(decoded);
  }

  private static Draft place(FormFields fields) {
    String location = fields.text("location");
    if (location == null) {
      return new Draft(fields.number("lat", "latitude"), fields.number("lon", "longitude"));
    }
    String[] parts = location.split(",", -1);
    return parts.length == 2
        ? new Draft(Decimals.of(parts[0].strip()), Decimals.of(parts[1].strip()))
        : new Draft(Fix.UNKNOWN, Fix.UNKNOWN);
  }
}
