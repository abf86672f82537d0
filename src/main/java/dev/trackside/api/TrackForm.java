package dev.trackside.api;

import dev.trackside.json.PositionJson;
import java.io.IOException;
import java.io.Writer;

/** A format of a track. */
enum TrackForm {
  JSON("application/json", "", 10_000),
  GEO_JSON("application/geo+json", ".geojson", Long.MAX_VALUE),
  GPX("application/gpx+xml", ".gpx", Long.MAX_VALUE);

  final String type;

  /** The end of its path, after "track". */
  final String ending;

  final long usualLimit;

  TrackForm(String type, String ending, long usualLimit) {
    this.type = type;
    this.ending = ending;
    this.usualLimit = usualLimit;
  }

  /** Writes a track, keeping nothing of it. */
  void write(Stretch stretch, Breaks breaks, Writer out) throws IOException {
    switch (this) {
      case JSON -> writeJson(stretch, out);
      case GEO_JSON -> new GeoJson(out, breaks).write(stretch);
      case GPX -> new Gpx(out, breaks).write(stretch);
    }
  }

  private static void writeJson(Stretch stretch, Writer out) throws IOException {
    out.append("{\"id\":\"").append(stretch.runner().id()).append("\",\"positions\":[");
    var json = new StringBuilder();
    stretch.each(
        position -> {
          boolean first = json.isEmpty();
          json.setLength(0);
          json.append(first ? "\n" : ",\n");
          PositionJson.append(position, json);
          out.append(json);
        });
    out.append("]}\n");
  }
}
