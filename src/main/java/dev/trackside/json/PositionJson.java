package dev.trackside.json;

import dev.trackside.track.Fix;
import dev.trackside.track.Position;

/** Writes positions as JSON objects, in the units of {@link Fix}. */
public final class PositionJson {
  private PositionJson() {}

  public static String of(Position position) {
    var json = new StringBuilder(192);
    append(position, json);
    return json.toString();
  }

  public static void append(Position position, StringBuilder json) {
    Fix fix = position.fix();
    json.append("{\"type\":\"position\",\"id\":\"").append(position.runner().id());
    json.append("\",\"seq\":").append(position.seq());
    json.append(",\"t\":").append(position.tMs());
    number(json, ",\"lat\":", fix.latDeg());
    number(json, ",\"lon\":", fix.lonDeg());
    known(json, ",\"alt\":", fix.altM());
    known(json, ",\"acc\":", fix.accuracyM());
    known(json, ",\"speed\":", fix.speedMps());
    known(json, ",\"heading\":", fix.headingDeg());
    known(json, ",\"battery\":", fix.batteryPercent());
    known(json, ",\"hr\":", fix.heartRateBpm());
    known(json, ",\"queue\":", fix.queue());
    if (!fix.extras().isEmpty()) {
      json.append(',').append(fix.extras());
    }
    if (position.late()) {
      json.append(",\"late\":true");
    }
    json.append('}');
  }

  private static void known(StringBuilder json, String name, double value) {
    if (!Double.isNaN(value)) {
      number(json, name, value);
    }
  }

  /** Appends a name and a number, a whole one without a decimal point. */
  public static void number(StringBuilder json, String name, double value) {
    json.append(name);
    if (value == (long) value) {
      json.append((long) value);
    } else {
      json.append(value);
    }
  }
}
