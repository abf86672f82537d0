package dev.trackside.json;

import dev.trackside.run.Points;
import dev.trackside.run.Trail;
import dev.trackside.track.Position;
import java.util.function.IntToLongFunction;

/** Writes a trail as members of a JSON object, its past as columns of differences. */
public final class TrailJson {
  private TrailJson() {}

  public static void append(Trail trail, StringBuilder json) {
    Points past = trail.past();
    json.append("\"seq\":").append(trail.seq()).append(",\"past\":{");
    column(json, "seq", past.size(), i -> past.seq()[i]);
    column(json.append(','), "t", past.size(), i -> past.tMs()[i]);
    column(json.append(','), "lat", past.size(), i -> past.latE7()[i]);
    column(json.append(','), "lon", past.size(), i -> past.lonE7()[i]);
    altitudes(json.append(','), past.altM());
    column(json.append(','), "way", past.size(), i -> past.wayM()[i]);
    json.append("},\"newest\":[");
    String between = "\n";
    for (Position position : trail.newest()) {
      PositionJson.append(position, json.append(between));
      between = ",\n";
    }
    json.append(']');
  }

  private static void column(StringBuilder json, String name, int size, IntToLongFunction value) {
    json.append('"').append(name).append("\":[");
    long before = 0;
    for (int i = 0; i < size; i++) {
      long now = value.applyAsLong(i);
      json.append(i == 0 ? "" : ",").append(now - before);
      before = now;
    }
    json.append(']');
  }

  private static void altitudes(StringBuilder json, int[] altM) {
    json.append("\"alt\":[");
    int before = 0;
    for (int i = 0; i < altM.length; i++) {
      json.append(i == 0 ? "" : ",");
      if (altM[i] == Points.UNKNOWN) {
        json.append("null");
      } else {
        json.append(altM[i] - before);
        before = altM[i];
      }
    }
    json.append(']');
  }
}
