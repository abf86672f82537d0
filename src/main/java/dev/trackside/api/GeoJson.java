package dev.trackside.api;

import dev.trackside.json.Json;
import dev.trackside.json.PositionJson;
import dev.trackside.track.Fix;
import dev.trackside.track.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;

/**
 * Writes a track as one GeoJSON line, RFC 7946, with the times of its points in {@code coordTimes}.
 * Reads the log twice, for the points and for the times, so that nothing is kept. Used once.
 */
final class GeoJson {
  private final Writer out;
  private String first = "";
  private int points;
  private int moments;

  GeoJson(Writer out) {
    this.out = out;
  }

  void write(Stretch stretch) throws IOException {
    out.append("{\"type\":\"FeatureCollection\",\"features\":[");
    stretch.each(this::point);
    if (points > 0) {
      out.append(points == 1 ? geometry("Point", first) : "]").append("},\"properties\":{");
      out.append("\"id\":\"").append(stretch.runner().id()).append("\",\"name\":");
      out.append(Json.quoted(stretch.name())).append(",\"coordTimes\":[");
      stretch.each(this::moment);
      out.append("]}}");
    }
    out.append("]}\n");
    if (points != moments) {
      throw new UncheckedIOException(
          new IOException("Part of the track was dropped while it was read."));
    }
  }

  /** Holds the first place back, since one place is a point and not a line. */
  private void point(Position position) throws IOException {
    String place = place(position.fix());
    switch (points++) {
      case 0 -> first = place;
      case 1 -> out.append(geometry("LineString", "[" + first)).append(",\n").append(place);
      default -> out.append(",\n").append(place);
    }
  }

  private static String geometry(String type, String coordinates) {
    return "{\"type\":\"Feature\",\"geometry\":{\"type\":\"%s\",\"coordinates\":%s"
        .formatted(type, coordinates);
  }

  private static String place(Fix fix) {
    var place = new StringBuilder();
    PositionJson.number(place, "[", fix.lonDeg());
    PositionJson.number(place, ",", fix.latDeg());
    if (!Double.isNaN(fix.altM())) {
      PositionJson.number(place, ",", fix.altM());
    }
    return place.append(']').toString();
  }

  private void moment(Position position) throws IOException {
    out.append(moments++ == 0 ? "\"" : ",\n\"");
    out.append(Instant.ofEpochMilli(position.tMs()).toString()).append('"');
  }
}
