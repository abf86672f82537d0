package dev.trackside.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a phone speaks, written from the facts about the apps and not by the server's readers. */
enum Tongue {
  OWNTRACKS("OwnTracks, JSON", 1, 3.6, 0),
  OVERLAND("Overland, batches of 1 to 3", 3, 1, 0),
  TRACCAR("Traccar TestClient 10, form", 1, 3600.0 / 1852, 2),
  TRACCAR_JSON("Traccar TestClient 9, JSON", 1, 1, 2),
  OSMAND("OsmAnd, GET", 1, 1, 2),
  GPSLOGGER("GPSLogger, GET", 1, 1, 2);

  final String what;

  /** How many fixes a post has at most. */
  final int most;

  private final double speedPerMps;
  private final int speedDecimals;

  Tongue(String what, int most, double speedPerMps, int speedDecimals) {
    this.what = what;
    this.most = most;
    this.speedPerMps = speedPerMps;
    this.speedDecimals = speedDecimals;
  }

  /** The fix as this app says it: with few decimals, and without a speed of 0. */
  SentFix said(long tMs, double latDeg, double lonDeg, double speedMps) {
    double speed = Double.parseDouble(decimals(speedMps * speedPerMps, speedDecimals));
    return new SentFix(
        tMs,
        Double.parseDouble(decimals(latDeg, 6)),
        Double.parseDouble(decimals(lonDeg, 6)),
        speed == 0 ? Double.NaN : speed / speedPerMps);
  }

  /** A whole request. */
  byte[] request(String key, List<SentFix> fixes) {
    String path = "/phone/" + key;
    SentFix fix = fixes.getFirst();
    String text =
        switch (this) {
          case OWNTRACKS -> post(path, "application/json", ownTracks(fix));
          case OVERLAND ->
              post(
                  path,
                  "application/json",
                  fixes.stream()
                      .map(this::feature)
                      .collect(Collectors.joining(",", "{\"locations\":[", "]}")));
          case TRACCAR ->
              post(
                  path,
                  "application/x-www-form-urlencoded",
                  "id=phone&timestamp=%d&lat=%s&lon=%s%s&accuracy=4.5&altitude=35.2&batt=81.0"
                      .formatted(fix.tMs() / 1000, lat(fix), lon(fix), speed(fix, "&speed=%s")));
          case TRACCAR_JSON -> post(path, "application/json", traccarJson(fix));
          case OSMAND ->
              get(
                  path
                      + "?lat=%s&lon=%s&timestamp=%d&hdop=4.5&altitude=35.2%s&bearing=90.0&speed_unit=mps"
                          .formatted(lat(fix), lon(fix), fix.tMs(), speed(fix, "&speed=%s")));
          case GPSLOGGER ->
              get(
                  path
                      + "?lat=%s&longitude=%s&time=%s%s&acc=4.5&alt=35.2&dir=90.0&batt=81.0"
                          .formatted(
                              lat(fix),
                              lon(fix),
                              URLEncoder.encode(iso(fix), UTF_8),
                              speed(fix, "&s=%s")));
        };
    return text.getBytes(US_ASCII);
  }

  private String ownTracks(SentFix fix) {
    return "{\"_type\":\"location\",\"tst\":%d,\"lat\":%s,\"lon\":%s%s,\"acc\":5,\"alt\":35,\"cog\":90,\"batt\":81,\"tid\":\"AN\"}"
        .formatted(fix.tMs() / 1000, lat(fix), lon(fix), speed(fix, ",\"vel\":%s"));
  }

  private String feature(SentFix fix) {
    return "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[%s,%s]},\"properties\":{\"timestamp\":\"%s\"%s,\"horizontal_accuracy\":5,\"altitude\":35,\"battery_level\":0.81,\"motion\":[\"running\"]}}"
        .formatted(lon(fix), lat(fix), iso(fix), speed(fix, ",\"speed\":%s"));
  }

  private String traccarJson(SentFix fix) {
    return "{\"location\":{\"timestamp\":\"%s\",\"coords\":{\"latitude\":%s,\"longitude\":%s,\"accuracy\":4.5%s,\"heading\":90,\"altitude\":35.2},\"is_moving\":true,\"battery\":{\"level\":0.81,\"is_charging\":false},\"activity\":{\"type\":\"running\"},\"extras\":{}},\"device_id\":\"phone\"}"
        .formatted(iso(fix), lat(fix), lon(fix), speed(fix, ",\"speed\":%s"));
  }

  private static String get(String address) {
    return "GET " + address + " HTTP/1.1\r\nHost: x\r\nUser-Agent: phone\r\n\r\n";
  }

  private static String post(String path, String type, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: x\r\nUser-Agent: phone\r\nContent-Type: "
        + type
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String iso(SentFix fix) {
    return Instant.ofEpochMilli(fix.tMs()).toString();
  }

  private static String lat(SentFix fix) {
    return decimals(fix.latDeg(), 6);
  }

  private static String lon(SentFix fix) {
    return decimals(fix.lonDeg(), 6);
  }

  private String speed(SentFix fix, String form) {
    return Double.isNaN(fix.speedMps())
        ? ""
        : form.formatted(decimals(fix.speedMps() * speedPerMps, speedDecimals));
  }

  private static String decimals(double number, int count) {
    return String.format(Locale.ROOT, "%." + count + "f", number);
  }
}
