package dev.trackside.api;

import dev.trackside.json.Json;
import dev.trackside.track.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;

/**
 * A track as one line, RFC 7946, with the moments of its points in {@code coordTimes}. The log is
 * read twice, for the points and for the moments, so that nothing is kept.
 */
final class GeoJson {
  private GeoJson() {}

  static void write(Stretch stretch, Writer out) throws IOException {
    out.append(
        """
        {"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"LineString",
        "coordinates":[""");
    var points = new Listing(out);
    stretch.each(position -> points.add(point(position)));
    out.append("\n]},\"properties\":{\"id\":\"").append(stretch.runner().id());
    out.append("\",\"name\":").append(Json.quoted(Names.of(stretch.newest())));
    out.append(",\"coordTimes\":[");
    var moments = new Listing(out);
    stretch.each(
        position -> moments.add('"' + Instant.ofEpochMilli(position.tMs()).toString() + '"'));
    out.append("\n]}}]}\n");
    if (points.count != moments.count) {
      throw new UncheckedIOException(
          new IOException("Something of the track was dropped while it was read."));
    }
  }

  private static String point(Position position) {
    var fix = position.fix();
    String place = "[" + fix.lonDeg() + "," + fix.latDeg();
    return place + (Double.isNaN(fix.altM()) ? "]" : "," + fix.altM() + "]");
  }

  private static final class Listing {
    private final Writer out;
    private int count;

    Listing(Writer out) {
      this.out = out;
    }

    void add(String json) throws IOException {
      out.append(count++ == 0 ? "\n" : ",\n").append(json);
    }
  }
}
