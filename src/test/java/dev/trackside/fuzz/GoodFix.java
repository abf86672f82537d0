package dev.trackside.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.trackside.json.Json;
import dev.trackside.json.PositionJson;
import dev.trackside.json.PositionReader;
import dev.trackside.track.Fix;
import dev.trackside.track.PhoneClock;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What holds for every fix that a reader takes, whatever it was read from. */
public final class GoodFix {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> NEVER =
      List.of("id", "key", "keys", "ref", "type", "seq", "late", "skipped", "since", "server");
  private static final Runner ANNA = new Runner("anna");
  private static final long NOW_MS = 1_763_777_000_000L;

  private GoodFix() {}

  /** Holds that it is in range, and comes back from what spectators are sent. */
  public static void check(Fix fix) {
    Expect.that(Math.abs(fix.latDeg()) <= 90, "lat is in range", fix);
    Expect.that(Math.abs(fix.lonDeg()) <= 180, "lon is in range", fix);
    double[] measures = {
      fix.altM(),
      fix.accuracyM(),
      fix.speedMps(),
      fix.headingDeg(),
      fix.batteryPercent(),
      fix.heartRateBpm(),
      fix.queue()
    };
    for (double measure : measures) {
      Expect.that(!Double.isInfinite(measure), "a measure is finite", fix);
    }
    Expect.that(fix.extras().getBytes(UTF_8).length <= Fix.EXTRAS_BYTES, "few extras", fix);
    if (!fix.extras().isEmpty()) {
      JsonNode extras = JSON.readTree("{" + fix.extras() + "}");
      for (String name : NEVER) {
        Expect.that(!extras.has(name), "what has another meaning is not passed on", fix);
      }
      Expect.that(extras.valueStream().allMatch(JsonNode::isValueNode), "extras are flat", fix);
    }
    checkComesBack(fix);
  }

  private static void checkComesBack(Fix fix) {
    long tMs = PhoneClock.momentMs(fix.tMs(), NOW_MS);
    String json = PositionJson.of(new Position(ANNA, 7, tMs, NOW_MS, true, fix, 0));
    PositionReader back = read(json.getBytes(UTF_8));
    Expect.same("anna", String.valueOf(back.id()), "the id comes back");
    Expect.that(back.fix() != null, "what spectators are sent is a good fix", json);
    Expect.same(requireNonNull(back.fix()), at(tMs, fix), "and the same fix");
    Expect.same(JSON.readTree(json).path("seq").asLong(), 7L, "the number is the log's");
  }

  private static Fix at(long tMs, Fix f) {
    return new Fix(
        tMs,
        f.latDeg(),
        f.lonDeg(),
        f.altM(),
        f.accuracyM(),
        f.speedMps(),
        f.headingDeg(),
        f.batteryPercent(),
        f.heartRateBpm(),
        f.queue(),
        f.extras());
  }

  /** Reads a position as a post would. */
  public static PositionReader read(byte[] json) {
    try (JsonParser parser = Json.parser(json, 0, json.length)) {
      parser.nextToken();
      var reader = new PositionReader();
      reader.read(parser);
      return reader;
    }
  }
}
