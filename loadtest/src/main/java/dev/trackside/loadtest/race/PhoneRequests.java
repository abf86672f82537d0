package dev.trackside.loadtest.race;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.loadtest.wire.Http.Call;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Makes the requests of phone apps. */
final class PhoneRequests {
  private static final double KNOTS_A_MPS = 1.943_844;
  private static final double KMH_A_MPS = 3.6;
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final String address;
  private final String id;

  /**
   * @param address the runner's address, {@code http://host/phone/KEY}
   */
  PhoneRequests(String address, String id) {
    this.address = address;
    this.id = id;
  }

  /**
   * @throws IllegalArgumentException when the protocol is not a phone app's
   */
  Call call(RunnerProtocol protocol, List<Fix> fixes) {
    Fix fix = fixes.getFirst();
    return switch (protocol) {
      case OWNTRACKS -> post(address, JSON, ownTracks(fix));
      case OVERLAND -> post(address, JSON, overland(fixes));
      case OSMAND -> get(address + '?' + osmAnd(fix));
      case TRACCAR -> post(address, FORM, traccar(fix));
      case GPSLOGGER -> get(address + '?' + gpsLogger(fix));
      case WEBSOCKET -> throw new IllegalArgumentException("a WebSocket is not a phone app");
    };
  }

  private static Call post(String address, String type, String body) {
    return new Call("POST", URI.create(address), Map.of(), type, body);
  }

  private static Call get(String address) {
    return new Call("GET", URI.create(address), Map.of(), "", "");
  }

  private static String ownTracks(Fix fix) {
    return "{\"_type\":\"location\",\"tst\":"
        + fix.momentMs() / 1000
        + ",\"lat\":"
        + place(fix.latDeg())
        + ",\"lon\":"
        + place(fix.lonDeg())
        + member("alt", fix.altM())
        + ",\"acc\":"
        + Math.round(fix.accM())
        + ",\"vel\":"
        + Math.round(fix.speedMps() * KMH_A_MPS)
        + member("cog", fix.headingDeg())
        + ",\"batt\":"
        + fix.batteryPercent()
        + ",\"tid\":\"lt\",\"t\":\"t\"}";
  }

  private static String member(String name, double value) {
    return Double.isNaN(value) ? "" : ",\"" + name + "\":" + Math.round(value);
  }

  private String overland(List<Fix> fixes) {
    var features = new StringJoiner(",", "{\"locations\":[", "]}");
    for (Fix fix : fixes) {
      features.add(
          "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":["
              + place(fix.lonDeg())
              + ','
              + place(fix.latDeg())
              + "]},\"properties\":{\"timestamp\":\""
              + moment(fix)
              + '"'
              + member("altitude", fix.altM())
              + ",\"speed\":"
              + Math.round(fix.speedMps())
              + member("course", fix.headingDeg())
              + ",\"horizontal_accuracy\":"
              + Math.round(fix.accM())
              + ",\"battery_level\":"
              + fix.batteryPercent() / 100.0
              + ",\"motion\":[\"running\"],\"device_id\":\""
              + id
              + "\"}}");
    }
    return features.toString();
  }

  private String osmAnd(Fix fix) {
    return fields()
        .add("timestamp=" + fix.momentMs())
        .add("lat=" + place(fix.latDeg()))
        .add("lon=" + place(fix.lonDeg()))
        .add("speed=" + Numbers.rounded(fix.speedMps(), 100))
        .add("bearing=" + known(fix.headingDeg()))
        .add("altitude=" + known(fix.altM()))
        .add("hdop=" + Numbers.rounded(fix.accM(), 10))
        .add("batt=" + fix.batteryPercent())
        .add("speed_unit=mps")
        .toString();
  }

  private String traccar(Fix fix) {
    return fields()
        .add("timestamp=" + fix.momentMs() / 1000)
        .add("location=" + place(fix.latDeg()) + ',' + place(fix.lonDeg()))
        .add("speed=" + Numbers.rounded(fix.speedMps() * KNOTS_A_MPS, 100))
        .add("bearing=" + known(fix.headingDeg()))
        .add("altitude=" + known(fix.altM()))
        .add("accuracy=" + Numbers.rounded(fix.accM(), 10))
        .add("batt=" + fix.batteryPercent())
        .toString();
  }

  private String gpsLogger(Fix fix) {
    return new StringJoiner("&")
        .add("lat=" + place(fix.latDeg()))
        .add("longitude=" + place(fix.lonDeg()))
        .add("time=" + URLEncoder.encode(moment(fix), US_ASCII))
        .add("s=" + Numbers.rounded(fix.speedMps(), 100))
        .add("acc=" + Numbers.rounded(fix.accM(), 10))
        .add("alt=" + known(fix.altM()))
        .add("dir=" + known(fix.headingDeg()))
        .add("batt=" + fix.batteryPercent())
        .toString();
  }

  private StringJoiner fields() {
    return new StringJoiner("&").add("id=" + URLEncoder.encode(id, UTF_8));
  }

  private static String moment(Fix fix) {
    return Instant.ofEpochMilli(fix.momentMs()).toString();
  }

  private static String place(double degrees) {
    return Numbers.rounded(degrees, 1e7);
  }

  private static String known(double value) {
    return Double.isNaN(value) ? "" : Numbers.rounded(value, 10);
  }
}
