package dev.trackside.proof;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * What a phone said of one moment, and by what a position is recognised.
 *
 * @param latE6 latitude in millionths of a degree
 * @param lonE6 longitude in millionths of a degree
 */
record ReportedFix(String runner, long tMs, int latE6, int lonE6) {
  static ReportedFix of(JsonNode position) {
    return of(position.get("id").asString(), position);
  }

  static ReportedFix of(String runner, JsonNode position) {
    return new ReportedFix(
        runner, position.get("t").asLong(), e6(position.get("lat")), e6(position.get("lon")));
  }

  private static int e6(JsonNode degrees) {
    double value = degrees.asDouble();
    int millionths = (int) Math.round(value * 1e6);
    if (millionths / 1e6 != value) {
      throw new AssertionError("nobody said " + value);
    }
    return millionths;
  }

  /** As a message without its closing brace. */
  private String open() {
    return String.format(
        Locale.ROOT, "{\"t\":%d,\"lat\":%s,\"lon\":%s", tMs, latE6 / 1e6, lonE6 / 1e6);
  }

  String json() {
    return open() + "}";
  }

  String json(int ref) {
    return open() + ",\"ref\":" + ref + "}";
  }

  /** Within what numbers only grow: the race, or the runner who is in none. */
  String group() {
    int slash = runner.indexOf('/');
    return slash < 0 ? runner : runner.substring(0, slash);
  }
}
