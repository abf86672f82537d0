package dev.trackside.api;

import dev.trackside.api.LineCutter.Vertex;
import dev.trackside.json.Json;
import dev.trackside.json.PositionJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;

/**
 * Writes a track as GeoJSON, RFC 7946: as a line, or as several where it has breaks, with the times
 * of their points in {@code coordTimes}. Reads the log three times, for the shape, the points and
 * the times, so that nothing is kept. Used once.
 */
final class GeoJson {
  /** What is in a track. */
  private record Shape(long positions, long lines) {
    String type() {
      return lines > 1 ? "MultiLineString" : positions > 1 ? "LineString" : "Point";
    }
  }

  private final Writer out;
  private final Breaks breaks;
  private long positions;
  private long lines;

  GeoJson(Writer out, Breaks breaks) {
    this.out = out;
    this.breaks = breaks;
  }

  void write(Stretch stretch) throws IOException {
    Shape shape = read(stretch, (_, _) -> {});
    out.append("{\"type\":\"FeatureCollection\",\"features\":[");
    if (shape.positions > 0) {
      out.append("{\"type\":\"Feature\",\"geometry\":{\"type\":\"").append(shape.type());
      out.append("\",\"coordinates\":");
      if (shape.positions == 1) {
        check(shape, read(stretch, first(this::place)));
      } else {
        array(stretch, shape, this::place);
      }
      out.append("},\"properties\":{\"id\":\"").append(stretch.runner().id());
      out.append("\",\"name\":").append(Json.quoted(stretch.name()));
      out.append(",\"coordTimes\":");
      array(stretch, shape, shape.positions == 1 ? first(this::moment) : this::moment);
      out.append("}}");
    }
    out.append("]}\n");
  }

  /** A single position is a point: it is not written twice, as the line of one would be. */
  private static LineCutter.Pen first(LineCutter.Pen pen) {
    return (vertex, begins) -> {
      if (begins) {
        pen.put(vertex, true);
      }
    };
  }

  /** Writes an array of something of each vertex, or of such an array for each line. */
  private void array(Stretch stretch, Shape shape, LineCutter.Pen pen) throws IOException {
    boolean several = shape.lines > 1;
    out.append(several ? "[[" : "[");
    LineCutter.Pen apart =
        (vertex, begins) -> {
          if (begins && lines > 1) {
            out.append("],\n[");
          }
          pen.put(vertex, begins);
        };
    check(shape, read(stretch, apart));
    out.append(several ? "]]" : "]");
  }

  private static void check(Shape before, Shape now) {
    if (!now.equals(before)) {
      throw new UncheckedIOException(
          new IOException("Part of the track was dropped while it was read."));
    }
  }

  private Shape read(Stretch stretch, LineCutter.Pen pen) throws IOException {
    positions = 0;
    lines = 0;
    var cutter =
        new LineCutter(
            breaks,
            (vertex, begins) -> {
              lines += begins ? 1 : 0;
              pen.put(vertex, begins);
            });
    stretch.each(
        position -> {
          positions++;
          cutter.add(position);
        });
    cutter.end();
    return new Shape(positions, lines);
  }

  private void place(Vertex vertex, boolean begins) throws IOException {
    var place = new StringBuilder(begins ? "" : ",\n");
    PositionJson.number(place, "[", vertex.lonDeg());
    PositionJson.number(place, ",", vertex.latDeg());
    if (!Double.isNaN(vertex.altM())) {
      PositionJson.number(place, ",", vertex.altM());
    }
    out.append(place.append(']'));
  }

  private void moment(Vertex vertex, boolean begins) throws IOException {
    out.append(begins ? "\"" : ",\n\"");
    out.append(Instant.ofEpochMilli(vertex.tMs()).toString()).append('"');
  }
}
