package dev.trackside.phone;

import java.util.List;

/**
 * Reads GPSLogger's custom URL, whose names the user chooses: {@code
 * ?lat=%LAT&longitude=%LON&time=%TIME&s=%SPD} by default. Speed is in m/s. Android sends 0 for
 * unknown.
 */
final class GpsLoggerDecoder implements Decoder {
  /** Names that no other app uses. */
  static final List<String> MARKS =
      List.of(
          "longitude",
          "lng",
          "long",
          "s",
          "spd",
          "spd_kph",
          "time",
          "ts",
          "tst",
          "acc",
          "alt",
          "ele",
          "dir",
          "cog",
          "bat",
          "battery",
          "sat");

  @Override
  public void decode(Request request, Decoded decoded) {
    FormFields fields = request.fields();
    var draft =
        new Draft(
                fields.number("lat", "latitude"), fields.number("lon", "lng", "long", "longitude"))
            .placeText(fields.text("lat", "latitude"))
            .time(fields.text("time", "timestamp", "ts", "tst"))
            .accuracy(fields.number("acc", "accuracy"))
            .altitude(fields.numberButZero("alt", "altitude", "ele"))
            .heading(fields.numberButZero("dir", "bearing", "cog", "heading"))
            .battery(fields.numberButZero("batt", "bat", "battery"))
            .speedKmh(fields.numberButZero("spd_kph"));
    double speedMps = fields.numberButZero("s", "spd", "speed");
    (Double.isNaN(speedMps) ? draft : draft.speedMps(speedMps)).into(decoded);
  }
}
