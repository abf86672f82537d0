package dev.trackside.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.hub.Sighting;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import org.jspecify.annotations.Nullable;

/**
 * Positions as JSON objects. A position is written once, however many feeds and lanes it goes
 * through: the newest are remembered. Safe for use by many threads.
 */
final class PositionJson {
  private record Written(Position position, byte[] json) {
    boolean holds(Position other) {
      return position.seq() == other.seq() && position.runner().equals(other.runner());
    }
  }

  private static final int REMEMBERED = 256;

  private final @Nullable Written[] newest = new Written[REMEMBERED];

  byte[] of(Sighting sighting) {
    byte[] json = of(sighting.position());
    if (sighting.skipped() == 0) {
      return json;
    }
    String start = new String(json, 0, json.length - 1, UTF_8);
    return (start + ",\"skipped\":" + sighting.skipped() + ",\"since\":" + sighting.since() + "}")
        .getBytes(UTF_8);
  }

  private byte[] of(Position position) {
    int slot = (int) (position.seq() & (REMEMBERED - 1));
    Written written = newest[slot];
    if (written == null || !written.holds(position)) {
      written = new Written(position, write(position).getBytes(UTF_8));
      newest[slot] = written;
    }
    return written.json;
  }

  private static String write(Position position) {
    Fix fix = position.fix();
    var json = new StringBuilder(192);
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
    return json.append('}').toString();
  }

  private static void known(StringBuilder json, String name, double value) {
    if (!Double.isNaN(value)) {
      number(json, name, value);
    }
  }

  private static void number(StringBuilder json, String name, double value) {
    json.append(name);
    if (value == (long) value) {
      json.append((long) value);
    } else {
      json.append(value);
    }
  }
}
