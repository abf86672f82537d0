package dev.trackside.api;

import dev.trackside.json.PositionJson;
import java.io.IOException;
import java.io.Writer;

/** A way to write a track down. Nothing of it is kept while it is written. */
enum TrackForm {
  JSON("application/json", "", 10_000) {
    @Override
    void write(Stretch stretch, Writer out) throws IOException {
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
  },

  GEO_JSON("application/geo+json", ".geojson", Long.MAX_VALUE) {
    @Override
    void write(Stretch stretch, Writer out) throws IOException {
      new GeoJson(out).write(stretch);
    }
  },

  GPX("application/gpx+xml", ".gpx", Long.MAX_VALUE) {
    @Override
    void write(Stretch stretch, Writer out) throws IOException {
      new Gpx(out).write(stretch);
    }
  };

  final String type;

  /** What its path ends with, behind "track". */
  final String ending;

  final long usualLimit;

  TrackForm(String type, String ending, long usualLimit) {
    this.type = type;
    this.ending = ending;
    this.usualLimit = usualLimit;
  }

  abstract void write(Stretch stretch, Writer out) throws IOException;
}
